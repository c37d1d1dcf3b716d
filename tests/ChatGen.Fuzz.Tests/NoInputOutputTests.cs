using System.Net;
using System.Net.Sockets;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using ChatGen.Fuzz.Tests.Isolation;
using ChatGen.Fuzz.Tests.Oracles;
using ChatGen.Generator.Reading;
using Xunit;

namespace ChatGen.Fuzz.Tests;

/// <summary>The generator touches no file and no socket, wherever a schema points. Every watch is shown to see what it is there for.</summary>
public sealed class NoInputOutputTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("chatgen-decoys-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void No_file_is_opened_where_a_schema_points_to_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells who opens a file.");
        string decoy = Path.Combine(_directory, "decoy.json");
        File.WriteAllText(decoy, """{ "type": "string" }""");
        using var watch = new FileAccessWatch(_directory);
        string before = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(_directory);
            ReadAll(decoy, $"file://{decoy}", $"file://localhost{decoy}", $"file://{decoy}#/type", "decoy.json", "./decoy.json#", $"../{Path.GetFileName(_directory)}/decoy.json", $"\\\\localhost{decoy.Replace('/', '\\')}");
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }

        Assert.False(watch.WasTouched());
        _ = File.ReadAllText(decoy);
        Assert.True(watch.WasTouched());
    }

    [Fact]
    public async Task No_connection_is_made_where_a_schema_points_to_addresses()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var watch = new NetworkWatch();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        ReadAll($"http://127.0.0.1:{port}/a.json", $"http://localhost:{port}/a.json#/definitions/a", $"https://127.0.0.1:{port}/", $"ftp://127.0.0.1:{port}/a", $"//127.0.0.1:{port}/a.json", $"\\\\127.0.0.1@{port}\\share\\a.json", "http://chatgen.invalid/a.json");

        Assert.False(listener.Pending());
        Assert.False(watch.WasUsed());

        using var client = new HttpClient();
        Task<HttpResponseMessage> request = client.GetAsync(new Uri($"http://localhost:{port}/a.json"), TestContext.Current.CancellationToken);
        using (TcpClient accepted = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken))
        {
            await accepted.GetStream().WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
            using HttpResponseMessage response = await request;
        }

        Assert.True(watch.WasUsed());
    }

    [Fact]
    public void The_generator_knows_no_type_by_which_a_file_or_a_socket_could_be_opened()
    {
        Assert.Empty(OpeningTypes(typeof(SchemaReader).Assembly.Location));
        Assert.NotEmpty(OpeningTypes(typeof(NoInputOutputTests).Assembly.Location));
    }

    private static IEnumerable<string> OpeningTypes(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name))
            .Where(type => type.StartsWith("System.Net.", StringComparison.Ordinal)
                || type is "System.IO.File" or "System.IO.FileInfo" or "System.IO.FileStream" or "System.IO.Directory" or "System.IO.DirectoryInfo" or "System.Diagnostics.Process")];
    }

    /// <summary>Reads a schema for each reference, with the reference wherever one can stand.</summary>
    private static void ReadAll(params string[] references)
    {
        foreach (string reference in references)
        {
            string json = JsonSerializer.Serialize(reference);
            foreach (string schema in (string[])
            [
                $$"""{ "$schema": {{json}}, "$id": {{json}}, "x-chat": { "extends": "genesys-gwe-8.5" }, "definitions": { "A": { "$ref": {{json}} }, "StartSessionOptions": { "$id": {{json}}, "properties": { "a": { "$ref": {{json}} } } } } }""",
                $$"""{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": {{json}}, "x-chat": { "extends": {{json}} } }""",
                $$"""{ "$schema": "http://json-schema.org/draft-07/schema#", "$id": "a", "$ref": {{json}}, "x-chat": { "extends": "genesys-gwe-8.5", "start": { "options": { "$ref": {{json}} } }, "events": { "types": { "a": { "payload": { "$ref": {{json}} } } } } } }""",
            ])
            {
                Assert.NotEmpty(Generated.From(schema, Oracle.Namespace).Diagnostics);
            }
        }
    }
}
