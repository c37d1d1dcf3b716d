using System.ComponentModel.DataAnnotations;

namespace ChatGen.Specification.Tests;

/// <summary>The rules of the schema where data annotations are applied.</summary>
public class DataAnnotationsTests
{
    [Fact]
    public void Options_that_keep_the_rules_are_valid()
    {
        Assert.True(TryValidate(new StartSessionOptions { ServerUrl = new Uri("https://chat.example.com") }, out List<ValidationResult> results));
        Assert.Empty(results);
    }

    [Fact]
    public void A_rule_that_is_broken_is_told_in_the_words_of_Validate_and_with_the_member()
    {
        var options = new StartSessionOptions { ServerUrl = new Uri("https://chat.example.com"), MaxOfflineDuration = TimeSpan.FromSeconds(-5) };

        Assert.False(TryValidate(options, out List<ValidationResult> results));

        ValidationResult result = Assert.Single(results);
        Assert.Equal(Assert.Single(options.Validate().Failures).Message, result.ErrorMessage);
        Assert.Equal("'MaxOfflineDuration' must be at least 0, but is -5", result.ErrorMessage);
        Assert.Equal(["MaxOfflineDuration"], result.MemberNames);
    }

    [Fact]
    public void A_rule_of_the_options_as_a_whole_is_about_no_member()
    {
        Assert.False(TryValidate(new StartSessionOptions(), out List<ValidationResult> results));

        ValidationResult result = Assert.Single(results);
        Assert.Equal("'StartSessionOptions' needs 'ServerUrl' unless 'Transport' is given", result.ErrorMessage);
        Assert.Empty(result.MemberNames);
    }

    [Fact]
    public void Options_of_commands_are_checked_too()
    {
        Assert.False(TryValidate(new SendMessageOptions { Message = "" }, out List<ValidationResult> results));
        Assert.Equal(["Message"], Assert.Single(results).MemberNames);
    }

    private static bool TryValidate(object options, out List<ValidationResult> results)
    {
        results = [];
        return Validator.TryValidateObject(options, new ValidationContext(options), results, validateAllProperties: true);
    }
}
