namespace ChatGen.Conformance;

/// <summary>The parts of a draft's tests.</summary>
internal enum SuiteSet
{
    Required,
    Optional,

    /// <summary>Tests that presuppose that <c>format</c> is asserted.</summary>
    Format,
}
