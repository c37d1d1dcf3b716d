using ChatGen.Analyzers.ErrorCodes;
using ChatGen.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace ChatGen.Analyzers.Tests;

/// <summary>The arms that are added for the codes that a switch leaves out.</summary>
public sealed class AddSwitchArmsTests
{
    [Fact]
    public Task A_statement_gets_a_section_for_each_code() => VerifyAsync(
        """
        using Acme.Chat;

        class C
        {
            void M(ChatGen.ChatException e)
            {
                {|CHAT2020:switch|} (e.Code.Number)
                {
                    // All that is over.
                    case ErrorCode.Values.UnknownSession:
                        break;

                    case < 50 or 51 or 52 or 100: // Not these.
                        return;
                    // What else?
                }
            }
        }
        """,
        """
        using Acme.Chat;

        class C
        {
            void M(ChatGen.ChatException e)
            {
                switch (e.Code.Number)
                {
                    // All that is over.
                    case ErrorCode.Values.UnknownSession:
                        break;

                    case < 50 or 51 or 52 or 100: // Not these.
                        return;
                    case ErrorCode.Values.ChatServerLoginFailed:
                        break;
                    case ErrorCode.Values.ConnectionInterrupted:
                        break;
                        // What else?
                }
            }
        }
        """);

    [Fact]
    public Task An_expression_gets_an_arm_for_each_code() => VerifyAsync(
        """
        using System;
        using Acme.Chat;

        class C
        {
            string M(ChatGen.ChatException e) => e.Code.Number {|CHAT2020:switch|}
            {
                ErrorCode.Values.UnknownSession => "over",
                < 50 or 51 or 52 or 100 => "other", // Not these.
            };
        }
        """,
        """
        using System;
        using Acme.Chat;

        class C
        {
            string M(ChatGen.ChatException e) => e.Code.Number switch
            {
                ErrorCode.Values.UnknownSession => "over",
                < 50 or 51 or 52 or 100 => "other", // Not these.
                ErrorCode.Values.ChatServerLoginFailed => throw new NotImplementedException(),
                ErrorCode.Values.ConnectionInterrupted => throw new NotImplementedException(),
            };
        }
        """);

    [Fact]
    public Task An_expression_without_a_last_comma_stays_without() => VerifyAsync(
        """
        using System;
        using Acme.Chat;

        class C
        {
            string M(ChatGen.ChatException e) => e.Code.Number {|CHAT2020:switch|}
            {
                < 101 => "other" // Not these.
            };
        }
        """,
        """
        using System;
        using Acme.Chat;

        class C
        {
            string M(ChatGen.ChatException e) => e.Code.Number switch
            {
                < 101 => "other", // Not these.
                ErrorCode.Values.ChatServerLoginFailed => throw new NotImplementedException(),
                ErrorCode.Values.ConnectionInterrupted => throw new NotImplementedException()
            };
        }
        """);

    [Fact]
    public Task What_is_not_imported_is_called_by_its_full_name() => VerifyAsync(
        """
        class C
        {
            string M(ChatGen.ChatException e) => e.Code.Number {|CHAT2020:switch|} { <= 101 /* these */ => "other" /* all */ };
        }
        """,
        """
        class C
        {
            string M(ChatGen.ChatException e) => e.Code.Number switch { <= 101 /* these */ => "other", /* all */
                Acme.Chat.ErrorCode.Values.ConnectionInterrupted => throw new System.NotImplementedException()
            };
        }
        """);

    [Fact]
    public Task Empty_switches_are_filled() => VerifyAsync(
        """
        using System;
        using Acme.Chat;

        class C
        {
            int M(ChatGen.ChatErrorCode code)
            {
                {|CHAT2020:switch|} (code.Text)
                {
                }

                return code.Text {|CHAT2020:switch|}
                {
                };
            }
        }
        """,
        """
        using System;
        using Acme.Chat;

        class C
        {
            int M(ChatGen.ChatErrorCode code)
            {
                switch (code.Text)
                {
                    case ErrorCode.Values.QueueClosed:
                        break;
                    case ErrorCode.Values.QueueFull:
                        break;
                }

                return code.Text switch
                {
                    ErrorCode.Values.QueueClosed => throw new NotImplementedException(),
                    ErrorCode.Values.QueueFull => throw new NotImplementedException()
                };
            }
        }
        """,
        ErrorCodeRun.Textual);

    [Fact]
    public Task All_switches_of_all_documents_are_filled_at_once_even_within_each_other() => VerifyAsync(
        """
        using System;
        using Acme.Chat;

        class C
        {
            void M(ChatGen.ChatErrorCode code)
            {
                {|CHAT2020:switch|} (code.Number)
                {
                    case < 101:
                        Console.WriteLine(code.Number {|CHAT2020:switch|}
                        {
                            <= 100 => 1,
                            150 => 2,
                        });
                        {|CHAT2020:switch|} (code.Number)
                        {
                            case <= 101:
                                break;
                        }

                        break;
                    case 150:
                        break;
                }
            }
        }
        """,
        """
        using System;
        using Acme.Chat;

        class C
        {
            void M(ChatGen.ChatErrorCode code)
            {
                switch (code.Number)
                {
                    case < 101:
                        Console.WriteLine(code.Number switch
                        {
                            <= 100 => 1,
                            150 => 2,
                            ErrorCode.Values.ChatServerLoginFailed => throw new NotImplementedException(),
                        });
                        switch (code.Number)
                        {
                            case <= 101:
                                break;
                            case ErrorCode.Values.ConnectionInterrupted:
                                break;
                        }

                        break;
                    case 150:
                        break;
                    case ErrorCode.Values.ChatServerLoginFailed:
                        break;
                }
            }
        }
        """);

    [Fact]
    public Task Expressions_within_each_other_are_filled() => VerifyAsync(
        """
        using System;
        using Acme.Chat;

        class C
        {
            int M(ChatGen.ChatErrorCode code) => code.Number {|CHAT2020:switch|}
            {
                < 101 => 1,
                101 => code.Number {|CHAT2020:switch|}
                {
                    <= 101 => 2
                }
            };
        }
        """,
        """
        using System;
        using Acme.Chat;

        class C
        {
            int M(ChatGen.ChatErrorCode code) => code.Number switch
            {
                < 101 => 1,
                101 => code.Number switch
                {
                    <= 101 => 2,
                    ErrorCode.Values.ConnectionInterrupted => throw new NotImplementedException()
                },
                ErrorCode.Values.ConnectionInterrupted => throw new NotImplementedException()
            };
        }
        """);

    [Fact]
    public Task Another_type_of_the_same_name_is_not_taken_for_the_codes() => VerifyAsync(
        """
        using Acme.Chat;

        class C
        {
            enum ErrorCode { }

            void M(ChatGen.ChatErrorCode code)
            {
                {|CHAT2020:switch|} (code.Number)
                {
                    case not 101:
                        break;
                }
            }
        }
        """,
        """
        using Acme.Chat;

        class C
        {
            enum ErrorCode { }

            void M(ChatGen.ChatErrorCode code)
            {
                switch (code.Number)
                {
                    case not 101:
                        break;
                    case Acme.Chat.ErrorCode.Values.ChatServerLoginFailed:
                        break;
                }
            }
        }
        """);

    [Fact]
    public Task Line_ends_are_those_of_the_settings() => VerifyAsync(
        """
        using System;
        using Acme.Chat;

        class C
        {
            int M(ChatGen.ChatErrorCode code)
            {
                {|CHAT2020:switch|} (code.Number)
                {
                    case not 101:
                        break;
                }

                return code.Number {|CHAT2020:switch|}
                {
                    not (100 or 101) => 1
                };
            }
        }
        """.ReplaceLineEndings("\r\n"),
        """
        using System;
        using Acme.Chat;

        class C
        {
            int M(ChatGen.ChatErrorCode code)
            {
                switch (code.Number)
                {
                    case not 101:
                        break;
                    case ErrorCode.Values.ChatServerLoginFailed:
                        break;
                }

                return code.Number switch
                {
                    not (100 or 101) => 1,
                    ErrorCode.Values.ChatServerUnreachable => throw new NotImplementedException(),
                    ErrorCode.Values.ChatServerLoginFailed => throw new NotImplementedException()
                };
            }
        }
        """.ReplaceLineEndings("\r\n"),
        settings: "root = true\n[*.cs]\nend_of_line = crlf");

    [Fact]
    public void The_fix_has_a_key_of_its_own_and_mends_all_at_once()
    {
        var fix = new AddSwitchArmsFix();

        Assert.Equal(["CHAT2020"], fix.FixableDiagnosticIds);
        Assert.NotNull(fix.GetFixAllProvider());
    }

    private static async Task VerifyAsync(string code, string expected, string? schema = null, string settings = "root = true")
    {
        var test = new CSharpCodeFixTest<ErrorCodeAnalyzer, AddSwitchArmsFix, DefaultVerifier>
        {
            TestState = { Sources = { code, Second(code) }, ReferenceAssemblies = s_none },
            FixedState = { Sources = { expected, Second(expected) } },
            CodeActionEquivalenceKey = nameof(AddSwitchArmsFix),
            // Warnings of the compiler, that a switch does not take all numbers, are not what is asked for.
            CompilerDiagnostics = CompilerDiagnostics.Errors,
        };
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", settings));
        test.TestState.AdditionalReferences.AddRange([.. UsageRun.References, ErrorCodeRun.Generated(schema)]);
        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    private static readonly ReferenceAssemblies s_none = new("net10.0");

    /// <summary>The same in another document, for what mends a whole project.</summary>
    private static string Second(string code) => code.Replace("class C", "class D", StringComparison.Ordinal);
}
