using System.Text;

namespace ChatGen.Bayeux.Chaos.Mutation;

/// <summary>Frames as servers send them: what mutations start from.</summary>
internal static class FrameSeeds
{
    public static IReadOnlyList<byte[]> All { get; } = [.. Texts().Select(Encoding.UTF8.GetBytes)];

    private static string[] Texts() =>
    [
        """[{"channel":"/meta/handshake","id":"1","successful":true,"version":"1.0","minimumVersion":"1.0","clientId":"4l9w7x1qv0","supportedConnectionTypes":["websocket","long-polling","callback-polling"],"advice":{"reconnect":"retry","interval":0,"timeout":30000,"maxInterval":10000},"ext":{"ack":true}}]""",
        """[{"channel":"/meta/handshake","id":"1","successful":false,"error":"403::denied_by_security_policy:handshake_denied","advice":{"reconnect":"none"}}]""",
        """[{"channel":"/meta/handshake","id":"2","successful":true,"version":"1.0","clientId":"é ✓ 日本","supportedConnectionTypes":["long-polling"],"x-messages":2,"ext":{"ack":{"enabled":true,"batch":7},"timesync":{"tc":1700000000000,"ts":1700000000005,"p":1,"a":2}}},{"channel":"/a","data":1},{"channel":"/a","data":2}]""",
        """[{"channel":"/meta/connect","id":"c2","successful":true,"advice":{"reconnect":"retry","interval":0,"timeout":30000}}]""",
        """[{"channel":"/chat/room","data":{"from":"Jane","text":"é ✓ 日本 👋 \"quoted\" \\ \u00e9 \ud83d\ude00"}},{"channel":"/meta/connect","id":"c3","successful":true,"ext":{"ack":17}}]""",
        """[{"channel":"/meta/connect","id":"c4","successful":false,"error":"402::session_unknown","advice":{"reconnect":"handshake","interval":0}}]""",
        """[{"channel":"/meta/connect","id":"c5","successful":true,"advice":{"multiple-clients":true,"interval":2000,"hosts":["http://a.example/cometd","http://b.example/cometd"],"long-polling":{"interval":500},"websocket":{"timeout":45000}}}]""",
        """[{"channel":"/meta/subscribe","id":"5","successful":true,"subscription":"/chat/**"},{"channel":"/meta/subscribe","id":"6","successful":true,"subscription":["/a","/b/*"]}]""",
        """[{"channel":"/meta/subscribe","id":"7","successful":false,"subscription":"/secret","error":"403:/secret:subscribe_denied"}]""",
        """[{"channel":"/meta/unsubscribe","id":"8","successful":true,"subscription":"/chat/**"}]""",
        """[{"channel":"/service/chat","id":"9","successful":true},{"channel":"/service/chat","data":{"requestId":"r1","sessionId":"s","list":[1,2.5,-3e10,null,true,false,{}]}}]""",
        """[{"channel":"/chat/room","id":"10","successful":false,"error":"404::message_deleted","advice":{"reconnect":"retry"}}]""",
        """[{"channel":"/a","data":0},{"channel":"/a","data":""},{"channel":"/a","data":false},{"channel":"/a","data":null},{"channel":"/a","data":[]},{"channel":"/a","id":11,"data":{}}]""",
        """[{"channel":"/meta/disconnect","id":"d12","successful":true}]""",
        """[{"channel":"/meta/disconnect","successful":true,"advice":{"reconnect":"none"}}]""",
        """[{"channel":"/bin","data":{"data":"HelloWorld","last":true,"meta":{"name":"a"}},"ext":{"binary":{}}}]""",
        """{"channel":"/meta/connect","id":"13","successful":true,"timestamp":"Mon, 01 Jan 2024 00:00:00 GMT"}""",
        """ [ { "channel" : "/a" , "data" : { "nested" : [ [ [ [ [ [ "deep" ] ] ] ] ] ] } } , {"channel":"/meta/connect","successful":true} ] """,
    ];
}
