using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ChatGen.Generator;

/// <summary>
/// What the generated code itself names of Refit, some of which is public but not promised: another major version may have moved it. Everything else is behind ChatGen.Runtime.
/// </summary>
internal static class RefitSurface
{
    private static readonly string[] s_types =
    [
        "Refit.ApiException", "Refit.RefitSettings", "Refit.IApiResponse", "Refit.ApiResponse`1",
        "Refit.GetAttribute", "Refit.PostAttribute", "Refit.PutAttribute", "Refit.PatchAttribute", "Refit.DeleteAttribute",
        "Refit.HeadersAttribute", "Refit.HeaderAttribute", "Refit.QueryAttribute", "Refit.AliasAsAttribute", "Refit.BodyAttribute", "Refit.BodySerializationMethod",
        "Refit.MultipartAttribute", "Refit.UrlAttribute",
    ];

    /// <summary>Why Refit cannot be used; <see langword="null"/> if it can.</summary>
    public static string? Problem(CSharpCompilation compilation)
    {
        if (compilation.GetTypeByMetadataName("Refit.RestService") is not { } service)
        {
            return "Refit is not referenced";
        }

        string version = service.ContainingAssembly.Identity.Version.ToString(3);
        if (s_types.FirstOrDefault(name => compilation.GetTypeByMetadataName(name) is null) is { } type)
        {
            return $"Refit {version} has no '{type}'";
        }

        return Lacks("RegisterGeneratedSettingsFactory", IsFactoryOf("HttpClient", "RefitSettings")) ?? Lacks("RegisterGeneratedFactory", IsFactoryOf("HttpClient", "IRequestBuilder"))
            ?? Lacks("ForGenerated", method => method.Parameters.Length == 1 && method.Parameters[0].Type.Name == "HttpClient");

        string? Lacks(string name, Func<IMethodSymbol, bool> fits) =>
            service.GetMembers(name).OfType<IMethodSymbol>().Any(method => method is { IsStatic: true, DeclaredAccessibility: Accessibility.Public, TypeParameters.Length: 1 } && fits(method))
                ? null
                : $"Refit {version} has no 'RestService.{name}' that it could call";
    }

    private static Func<IMethodSymbol, bool> IsFactoryOf(string first, string second) => method =>
        method.Parameters.Length == 1 && method.Parameters[0].Type is INamedTypeSymbol { TypeArguments: [{ Name: var one }, { Name: var two }, _] } && one == first && two == second;
}
