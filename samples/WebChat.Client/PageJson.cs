using System.Text.Json.Serialization;
using WebChat.Client.Agents;

namespace WebChat.Client;

/// <summary>What the page and its host say to one another, without reflection.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web, UseStringEnumConverter = true)]
[JsonSerializable(typeof(ChatAddress))]
[JsonSerializable(typeof(AgentChat))]
[JsonSerializable(typeof(AgentAction))]
public sealed partial class PageJson : JsonSerializerContext;
