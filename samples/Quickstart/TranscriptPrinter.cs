using ChatGen;
using Quickstart.Chat;

namespace Quickstart;

/// <summary>Prints events as a person would read them.</summary>
internal static class TranscriptPrinter
{
    private const int NameWidth = 12;

    public static void Step(string text) => Console.WriteLine($"{Environment.NewLine}— {text} —");

    public static void Print(ChatEvent chatEvent)
    {
        string mark = chatEvent.Restored ? "↺" : " ";
        string time = chatEvent.Timestamp?.ToLocalTime().ToString("HH:mm:ss") ?? "        ";
        switch (chatEvent)
        {
            case MessageReceivedEvent message:
                Line(message.Party.Name, message.Content.Text);
                break;
            case AgentConnectedEvent connected:
                Line("", $"{connected.Party.Name} has joined the chat");
                break;
            case AgentDisconnectedEvent disconnected:
                Line("", $"{disconnected.Party.Name} has left the chat");
                break;
            case SessionEndedEvent ended:
                Line("", $"the chat is over ({ended.Reason})");
                break;
            case ErrorEvent error:
                Line("", $"error {error.Error.Code}: {error.Error.Description}");
                break;
            case InterruptedEvent:
                Line("", "the connection is lost");
                break;
            case ContinuedEvent:
                Line("", "the connection is back");
                break;
            default:
                // Typing is not part of a transcript.
                break;
        }

        void Line(string name, string text) => Console.WriteLine($"{mark} {time}  {name,NameWidth}  {text}");
    }
}
