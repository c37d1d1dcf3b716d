using ChatGen.Browser.Tests.Chromium;
using ChatGen.Browser.Tests.Site;
using Xunit;

[assembly: AssemblyFixture(typeof(ChromiumBrowser))]
[assembly: AssemblyFixture(typeof(PublishedSite))]

// One browser on few cores: tests that wait for one another's pages only take longer.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
