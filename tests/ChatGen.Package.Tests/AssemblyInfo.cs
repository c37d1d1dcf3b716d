using ChatGen.Package.Tests;

[assembly: AssemblyFixture(typeof(PackageFeed))]

// The tests run whole builds: one after another they are sooner done, and readable when they fail.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
