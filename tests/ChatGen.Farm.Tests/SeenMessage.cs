namespace ChatGen.Farm.Tests;

/// <summary>A message as a visitor saw it.</summary>
internal sealed record SeenMessage(int Index, string Text);
