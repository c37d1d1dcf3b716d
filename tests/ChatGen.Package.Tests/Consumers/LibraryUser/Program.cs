using Acme.Support;

Console.WriteLine(Support.Options with { MaxOfflineDuration = TimeSpan.FromSeconds(-1) });
Console.WriteLine(Support.Options with { MaxOfflineDuration = TimeSpan.FromSeconds(1) });
