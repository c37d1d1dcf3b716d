using ChatGen.Generator.JsonSchemas;

namespace ChatGen.Differential.Generation;

/// <summary>The formats that ajv-formats and the specification define alike, which judge.mjs names too, each with strings near to it.</summary>
internal static class FormatPool
{
    private static readonly (string Format, string[] Samples)[] s_draft7 =
    [
        ("ipv4", ["127.0.0.1", "255.255.255.255", "256.1.1.1", "1.2.3", "01.2.3.4", "1.2.3.4\n"]),
        ("ipv6", ["::1", "::", "1::2::3", "::ffff:1.2.3.4", "12345::", "fe80::1%eth0", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "::A"]),
        ("date", ["2020-02-29", "2021-02-29", "1900-02-29", "2000-02-29", "2020-13-01", "2020-1-1", "2020-04-31", "0000-01-01"]),
        ("time", ["12:00:00Z", "23:59:60Z", "24:00:00Z", "12:00:00", "12:00:00+25:00", "22:59:60-01:00", "12:00:60Z", "12:00:00.5z", "12:00:00.Z", "08:30:06+08:00"]),
        ("date-time", ["2020-01-01T00:00:00Z", "2020-01-01t00:00:00z", "2020-01-01T00:00:00", "1998-12-31T23:59:60Z", "2020-01-01T00:00:00.123+05:30", "2021-02-29T00:00:00Z"]),
        ("json-pointer", ["", "/", "/a~1b", "/~2", "a", "/a//b", "/~"]),
        ("relative-json-pointer", ["0", "1/a", "01", "0#", "-1/a", "1#/a", "0/~2"]),
        ("regex", ["^a$", "(", "a{2}", "a{", "[", @"\-", @"\Z", @"(?<a>b)\k<a>", @"\p{L}", "[b-a]"]),
    ];

    private static readonly (string Format, string[] Samples)[] s_draft202012 =
    [
        .. s_draft7,
        ("uuid", ["00000000-0000-0000-0000-000000000000", "2EB8AA08-AA98-11EA-B4AA-73B441D16380", "2eb8aa08-aa98-11ea-b4aa-73b441d1638", "2eb8aa08aa9811eab4aa73b441d16380"]),
    ];

    public static IReadOnlyList<(string Format, string[] Samples)> Of(JsonSchemaDialect dialect) => dialect == JsonSchemaDialect.Draft7 ? s_draft7 : s_draft202012;
}
