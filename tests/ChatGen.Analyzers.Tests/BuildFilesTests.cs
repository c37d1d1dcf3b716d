using System.Diagnostics;
using System.Text.Json;

namespace ChatGen.Analyzers.Tests;

/// <summary>What the package's build files make of a project with a schema of the default name, or without.</summary>
public sealed class BuildFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatgen-build-files-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(true, "", "", "schema.chat.json")]
    [InlineData(false, "", "")]
    [InlineData(true, "<ChatSchema Include=\"acme.chat.json\" />", "", "acme.chat.json")]
    [InlineData(true, "<ChatBackend Include=\"salesforce-live-agent\" Namespace=\"Acme\" />", "", "salesforce-live-agent.chat.json")]
    [InlineData(false, "<ChatSchema Include=\"acme.chat.json\" /><ChatBackend Include=\"genesys-gms-v2-rest;genesys-gms-v2-cometd\" />", "", "acme.chat.json", "genesys-gms-v2-rest.chat.json", "genesys-gms-v2-cometd.chat.json")]
    [InlineData(true, "", "<EnableDefaultChatSchemaItems>false</EnableDefaultChatSchemaItems>")]
    public async Task A_file_of_the_default_name_is_a_schema_if_the_project_names_no_other(bool exists, string item, string property, params string[] expected)
    {
        string build = Path.Combine(Repository.Root, "generator", "ChatGen", "build");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "Acme.proj"),
            $"""
            <Project>
              <Import Project="{build}/ChatGen.props" />
              <PropertyGroup>{property}</PropertyGroup>
              <ItemGroup>{item}</ItemGroup>
              <Import Project="{build}/ChatGen.targets" />
            </Project>
            """,
            TestContext.Current.CancellationToken);
        if (exists)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "schema.chat.json"), "{}", TestContext.Current.CancellationToken);
        }

        using JsonDocument output = JsonDocument.Parse(await EvaluateAsync());
        JsonElement[] files = [.. output.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray()];

        Assert.Equal(expected, files.Select(file => Path.GetFileName(file.GetProperty("Identity").GetString())));
        Assert.All(files, file => Assert.Equal("true", file.GetProperty("ChatGenSchema").GetString()));
    }

    [Fact]
    public async Task A_backend_that_ships_is_a_schema_that_is_there_and_keeps_its_namespace()
    {
        string build = Path.Combine(Repository.Root, "generator", "ChatGen", "build");
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "Acme.proj"),
            $"""
            <Project>
              <Import Project="{build}/ChatGen.props" />
              <ItemGroup><ChatBackend Include="salesforce-live-agent" Namespace="Acme.Chat" /></ItemGroup>
              <Import Project="{build}/ChatGen.targets" />
            </Project>
            """,
            TestContext.Current.CancellationToken);

        using JsonDocument output = JsonDocument.Parse(await EvaluateAsync());
        JsonElement file = Assert.Single(output.RootElement.GetProperty("Items").GetProperty("AdditionalFiles").EnumerateArray());

        Assert.True(File.Exists(file.GetProperty("FullPath").GetString()));
        Assert.Equal("Acme.Chat", file.GetProperty("ChatGenNamespace").GetString());
    }

    private async Task<string> EvaluateAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", "Acme.proj", "-getItem:AdditionalFiles", "-nologo"]) { WorkingDirectory = _folder.FullName, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return output;
    }
}
