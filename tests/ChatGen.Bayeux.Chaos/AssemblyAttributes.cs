using ChatGen.Bayeux.Chaos.Leaks;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// What one test does to the process's memory, sockets and processors is what another one measures.
[assembly: Parallelization(Mode = ParallelMode.None)]
[assembly: TestCollectionOrderer(typeof(LeaksFirst))]
