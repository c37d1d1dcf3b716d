using Xunit;

namespace ChatGen.Fuzz.Tests.Corpus;

/// <summary>The JSON-Schema-Test-Suite, which is no part of the repository.</summary>
internal static class Suite
{
    /// <summary>Its directory: <c>JSON_SCHEMA_TEST_SUITE</c>, or beside the repository. Without it the test is skipped, on a build server it fails.</summary>
    public static string RequireDirectory()
    {
        string directory = Environment.GetEnvironmentVariable("JSON_SCHEMA_TEST_SUITE") is { Length: > 0 } given
            ? given
            : Path.GetFullPath(Path.Combine(Repository.Root, "..", "shared", "json-schema-test-suite"));
        if (!Directory.Exists(Path.Combine(directory, "tests")))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"The JSON-Schema-Test-Suite is not at {directory}; name its directory by JSON_SCHEMA_TEST_SUITE.");
            Assert.Fail($"A build server must have the JSON-Schema-Test-Suite; it is not at {directory}. Name its directory by JSON_SCHEMA_TEST_SUITE.");
        }

        return directory;
    }
}
