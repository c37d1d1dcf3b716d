using System.Diagnostics.CodeAnalysis;

namespace ChatGen;

/// <summary>Is shown the types of options, which a generated client knows and code that works with any client does not.</summary>
public interface IChatOptionsVisitor
{
    /// <summary>Is shown the options of one operation.</summary>
    /// <typeparam name="TOptions">The options. The constructor is named for .NET's options, which want it kept.</typeparam>
    /// <param name="operation">The operation's name in C#, which is that of its section in a configuration: <c>StartSession</c>.</param>
    void Visit<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(string operation)
        where TOptions : class, IChatOptions<TOptions>;
}
