namespace ChatGen;

/// <summary>What code adds to options of a name.</summary>
internal sealed record OptionsCompletion<TOptions>(string Name, Func<IServiceProvider, TOptions, TOptions> Complete);
