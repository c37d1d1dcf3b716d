namespace ChatGen.Tests.Shared;

/// <summary>The data of the JSON Schema Test Suite, which is no part of the repository.</summary>
internal static class JsonSchemaTestSuite
{
    /// <summary>Its folder. Without it the test is skipped; on a build server it fails.</summary>
    public static string Folder()
    {
        string folder = Environment.GetEnvironmentVariable("JSON_SCHEMA_TEST_SUITE") ?? Path.Combine(Root(), "..", "shared", "json-schema-test-suite");
        if (!Directory.Exists(folder))
        {
            string message = "The JSON-Schema-Test-Suite is missing: set JSON_SCHEMA_TEST_SUITE to its folder.";
            Xunit.Assert.False(Environment.GetEnvironmentVariable("CI") == "true", message);
            Xunit.Assert.Skip(message);
        }

        return folder;
    }

    private static string Root()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "ChatGen.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The tests must run within the repository.");
    }
}
