using Acme.Chat;

var server = new Uri("https://chat.example.com/cometd");
Console.WriteLine(new StartSessionOptions { ServerUrl = server });
Console.WriteLine(new StartSessionOptions { ServerUrl = server, Queue = StartSessionOptionsQueue.Shipping });
Console.WriteLine(new StartSessionOptions { ServerUrl = server, Queue = "sales" });
Console.WriteLine(new StartSessionOptions { ServerUrl = server, Queue = StartSessionOptionsQueue.Sales, Priority = "high" });
Console.WriteLine(new StartSessionOptions { ServerUrl = server, Queue = StartSessionOptionsQueue.Sales, MaxOfflineDuration = 5 });
