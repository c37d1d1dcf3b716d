using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.Extensions.Configuration;

namespace ChatGen.Analyzers.Tests;

/// <summary>Hierarchies and records within records, read from a configuration.</summary>
public class HierarchyConfigurationTests
{
    private const string Schema = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#", "$id": "acme", "x-chat": { "extends": "genesys-gwe-8.5" },
          "definitions": {
            "Home": {
              "type": "object", "required": ["kind", "floor"],
              "properties": { "kind": { "const": "home" }, "floor": { "type": "integer", "maximum": 9 }, "next": { "$ref": "#/definitions/Home" } }
            },
            "Office": {
              "type": "object", "required": ["kind", "room"],
              "properties": { "kind": { "const": "office" }, "room": { "type": "string" }, "open": { "type": "boolean" } }
            },
            "Place": { "oneOf": [{ "$ref": "#/definitions/Home" }, { "$ref": "#/definitions/Office" }] },
            "StartSessionOptions": {
              "properties": { "place": { "$ref": "#/definitions/Place" }, "places": { "type": "array", "items": { "$ref": "#/definitions/Place" } } }
            }
          }
        }
        """;

    private static readonly Lazy<Compilation> s_compilation = new(() => UsageRun.Compile("", Schema));
    private static readonly Lazy<Type> s_options = new(Load);

    [Fact]
    public void The_discriminator_says_which_record_it_is()
    {
        object options = Read("""{ "Places": [{ "Room": 12, "KIND": "office", "Open": "true" }, { "Kind": "home", "Floor": "2", "Next": { "Kind": "home", "Floor": 3 } }] }""");

        object[] places = [.. Assert.IsAssignableFrom<IEnumerable<object>>(Get(options, "Places"))];
        Assert.Equal(["Office", "Home"], places.Select(place => place.GetType().Name));
        Assert.Equal(("12", true), (Get(places[0], "Room"), Get(places[0], "Open")));
        Assert.Equal((2L, 3L), (Convert.ToInt64(Get(places[1], "Floor")), Convert.ToInt64(Get(Get(places[1], "Next")!, "Floor"))));
    }

    [Theory]
    [InlineData("""{ "Place": { "Kind": "home", "Floor": 10 } }""", "Chat:Place:Floor")]
    [InlineData("""{ "Place": { "Kind": "home", "Floor": 1, "Next": { "Kind": "home", "Floor": "x" } } }""", "Chat:Place:Next:Floor")]
    [InlineData("""{ "Place": { "Kind": "garden" } }""", "Chat:Place:Kind")]
    [InlineData("""{ "Places": [{ "Kind": "office", "Room": "1", "Open": "x" }] }""", "Chat:Places:0:Open")]
    public void What_is_wrong_in_a_case_has_the_path_of_the_configuration(string section, string path)
    {
        ChatValidationException exception = Assert.Throws<ChatValidationException>(() => Read(section));

        Assert.Contains(path, exception.Failures.Select(failure => failure.Path));
    }

    [Theory]
    [InlineData("""{ "Chat": { "StartSession": { "Place": { "Kind": "garden" }, "Places": [{ "Kind": "home", "Floor": 1 }] } } }""")]
    public async Task What_the_analyzer_cannot_tell_is_silent(string json) => Assert.Empty(await OptionsFileRun.RunAsync(s_compilation.Value, json));

    private static object? Get(object options, string name) => options.GetType().GetProperty(name)!.GetValue(options);

    private static object Read(string section)
    {
        IConfiguration configuration = JsonConfiguration.Read($$"""{ "Chat": {{section.Insert(1, "\"ServerUrl\": \"https://chat.example.com\", ")}} }""").GetSection("Chat");
        MethodInfo method = typeof(ChatConfigurationExtensions).GetMethods().Single(method => method.Name == nameof(ChatConfigurationExtensions.GetChatOptions) && method.GetParameters().Length == 1).MakeGenericMethod(s_options.Value);
        return method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [configuration], null)!;
    }

    private static Type Load()
    {
        using var image = new MemoryStream();
        Assert.True(s_compilation.Value.Emit(image).Success);
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image).GetType("Acme.Chat.StartSessionOptions", throwOnError: true)!;
    }
}
