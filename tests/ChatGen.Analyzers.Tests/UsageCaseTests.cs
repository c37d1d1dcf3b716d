using ChatGen.Analyzers.Tests.Cases;

namespace ChatGen.Analyzers.Tests;

/// <summary>What is said of code, and of which code nothing is said: the same for types that are generated beside it and for those of another assembly.</summary>
public sealed class UsageCaseTests
{
    public static TheoryData<int, string> Numbers => NumberCases.Table.Rows;

    public static TheoryData<int, string> Texts => TextCases.Table.Rows;

    public static TheoryData<int, string> Structs => StructCases.Table.Rows;

    public static TheoryData<int, string> Collections => CollectionCases.Table.Rows;

    public static TheoryData<int, string> Places => PlaceCases.Table.Rows;

    public static TheoryData<int, string> Conditions => ConditionCases.Table.Rows;

    public static TheoryData<int, string> BuiltIns => BuiltInCases.Table.Rows;

    [Theory]
    [MemberData(nameof(Numbers))]
    public Task A_number_is_checked_wherever_it_is_constant(int index, string code) => CheckAsync(NumberCases.Table, index, code);

    [Theory]
    [MemberData(nameof(Texts))]
    public Task A_text_is_checked_wherever_it_is_constant(int index, string code) => CheckAsync(TextCases.Table, index, code);

    [Theory]
    [MemberData(nameof(Structs))]
    public Task A_duration_an_address_a_UUID_or_a_moment_is_checked_if_it_is_made_of_constants(int index, string code) => CheckAsync(StructCases.Table, index, code);

    [Theory]
    [MemberData(nameof(Collections))]
    public Task What_is_known_of_a_collection_is_checked(int index, string code) => CheckAsync(CollectionCases.Table, index, code);

    [Theory]
    [MemberData(nameof(Places))]
    public Task Options_are_checked_wherever_they_are_made(int index, string code) => CheckAsync(PlaceCases.Table, index, code);

    [Theory]
    [MemberData(nameof(Conditions))]
    public Task Duties_that_depend_on_other_members_are_checked(int index, string code) => CheckAsync(ConditionCases.Table, index, code);

    [Theory]
    [MemberData(nameof(BuiltIns))]
    public Task The_built_in_options_are_checked(int index, string code) => CheckAsync(BuiltInCases.Table, index, code);

    private static Task CheckAsync(CaseTable table, int index, string code)
    {
        Assert.NotEmpty(code);
        return table.CheckAsync(index);
    }
}
