using Xunit;

namespace ChatGen.Generator.Tests.Rest;

/// <summary>Every check of the mapping language: what is said, and where.</summary>
public class RestCheckTests
{
    private const string Rest = "x-chat.transports.rest";
    private const string Leave = Rest + ".requests.leave";

    /// <summary>A backend whose events come over Bayeux.</summary>
    private const string OverBayeux = """ "events": { "poll": null, "entries": null, "bayeux": { "url": "/cometd", "subscribe": ["/service/chat/*"] } }, """;

    public static TheoryData<string, string> Names => new()
    {
        { """ [|"heders"|]: {} """, $"'{Rest}' has no member 'heders'; did you mean 'headers'?" },
        { """ "interface": [|"ChatClient"|] """, "'ChatClient' cannot be the name of the interface: it is no C# name that begins with an upper-case letter, or taken" },
        { """ "requests": { "leave": { [|"pth"|]: "/x" } } """, $"'{Leave}' has no member 'pth'; did you mean 'path'?" },
        { """ "requests": { "sendMessage": { "body": { [|"template"|]: {} } } } """, $"'{Rest}.requests.sendMessage.body' has no member 'template'; allowed are 'encoding', 'content', 'type'" },
        { """ "operations": { [|"sendMesage"|]: "sendMessage" } """, "There is no operation 'sendMesage'; did you mean 'sendMessage'?" },
        { """ "operations": { "leave": [|"leav"|] } """, "There is no request 'leav'; did you mean 'leave'?" },
        { """ "operations": { "leave": ["leave", { "request": [|"leav"|] }] } """, "There is no request 'leav'; did you mean 'leave'?" },
        { """ "operations": { "leave": [|"setUserData"|] } """, "'setUserData' is an operation, but a step names a request; allowed are 'startSession', 'getTranscript', 'getEvents', 'sendMessage', 'sendTyping', 'leave'" },
        { """ "operations": { "leave": { "request": "leave", [|"when"|]: {} } } """, $"'{Rest}.operations.leave' has no member 'when'; allowed are 'request', 'options', 'if'" },
        { """ "operations": { "leave": [|[]|] } """, $"'{Rest}.operations.leave' must have at least one step" },
        { """ "operations": { "leave": [|5|] } """, $"'{Rest}.operations.leave' must be the name of a request, a step {{ \"request\": \"…\" }}, or an array of these" },
        { """ "operations": { "startSession": [|null|] } """, $"'{Rest}' has no request for 'startSession'; name one so, or say by 'operations' which it is" },
        { """ "events": { "poll": { "request": [|"getEvent"|] } } """, "There is no request 'getEvent'; did you mean 'getEvents'?" },
        { """ "events": { "catchUp": [|"getEvent"|] } """, "There is no request 'getEvent'; did you mean 'getEvents'?" },
        { """ "requests": { "getEvents": { "entries": [|5|] } } """, $"'{Rest}.requests.getEvents.entries' must be a template: a string" },
        { """ "requests": { "getEvents": { "entries": [|"x{/transcript}"|] } } """, $"'{Rest}.requests.getEvents.entries' must be one placeholder, such as '{{/messages}}'" },
        { """ "events": { "resume": [|"reconnect"|] } """, "There is no request 'reconnect'; allowed are 'startSession', 'getTranscript', 'getEvents', 'sendMessage', 'sendTyping', 'leave'" },
        { """ "requests": { "leave": { [|"url"|]: "https://chat.example.com/" } } """, $"'{Leave}' has 'path' already; only one of 'path', 'url' and 'publish' can say where it goes" },
        { """ "requests": { "leave": { "path": [|null|] } } """, $"'{Leave}' must have 'path', 'url' or 'publish'" },
        { """ "requests": { "leave": { "method": [|null|] } } """, $"'{Leave}' needs an HTTP method" },
        { """ "requests": { "leave": { "method": [|"post"|] } } """, $"'{Leave}.method' must not be 'post'; did you mean 'POST'?" },
    };

    public static TheoryData<string, string> Templates => new()
    {
        { """ "requests": { "leave": { "path": "/x/[|{sesionId}|]" } } """, "There is no state 'sesionId'; did you mean 'sessionId'?" },
        { """ "requests": { "leave": { "query": { "a": "[|{sesionId}|]" } } } """, "There is no state 'sesionId'; did you mean 'sessionId'?" },
        { """ "requests": { "leave": { "headers": { "X-A": "a [|{sesionId}|]" } } } """, "There is no state 'sesionId'; did you mean 'sessionId'?" },
        { """ "requests": { "leave": { "body": { "content": { "a": ["[|{sesionId}|]"] } } } } """, "There is no state 'sesionId'; did you mean 'sessionId'?" },
        { """ "requests": { "leave": { "path": "/x[|{/a}|]" } } """, "'{/a}' has no value in a request; there are the names of state, 'options', 'nextIndex', 'new.uuid'" },
        { """ "requests": { "leave": { "take": { "a": "[|{status}|]" } } } """, "'{status}' has no value in 'take'; there are the names of state, pointers such as '/a/b', 'header.Name'" },
        { """ "requests": { "leave": { "take": { "a": "[|{options.b}|]" } } } """, "'{options.b}' has no value in 'take'; there are the names of state, pointers such as '/a/b', 'header.Name'" },
        { """ "errors": [{ "code": "[|{events}|]" }] """, "'{events}' has no value in 'errors'; there are the names of state, pointers such as '/a/b', 'header.Name', 'status'" },
        { """ "values": { "a": "[|{/a}|]" } """, "'{/a}' has no value in 'values'; there are the names of state, 'options'" },
        { """ "events": { "map": [{ "event": "interrupted", "index": "[|{status}|]" }] } """, "'{status}' has no value in what makes an event; there are the names of state, pointers such as '/a/b'" },
        { """ "events": { "entries": "[|{sessionId}|]" } """, "'{sessionId}' has no value in 'entries'; there are pointers such as '/a/b'" },
        { """ "events": { "poll": { "options": { "a": "[|{options.a}|]" } } } """, "'{options.a}' has no value in the options of a step; there are the names of state, 'nextIndex', 'new.uuid'" },
        { """ "requests": { "leave": { "query": { "a": "[|{sessionId|lower}|]" } } } """, "There is no filter or table 'lower'; allowed are 'string', 'integer', 'number', 'boolean', 'parse', 'json', 'milliseconds', 'seconds', 'base64'" },
        { """ "tables": { "party": {} }, "requests": { "leave": { "query": { "a": "[|{sessionId|parti}|]" } } } """, "There is no filter or table 'parti'; did you mean 'party'?" },
        { """ "take": { "a": "{[|/a~2|]}" } """, "'/a~2' is no JSON Pointer: '~' is written '~0', and '/' in a name '~1'" },
        { """ "take": { "a": "x[|{/a|]" } """, "The placeholder is not closed by '}'; write '{{' for a brace" },
        { """ "take": { "a": "{/a}[|}|]" } """, "The '}' closes no placeholder; write '}}' for a brace" },
        { """ "take": { "a": "[|{}|]" } """, "The placeholder names no source" },
        { """ "take": { "a": "{/a[|||]}" } """, "The '|' is followed by no filter" },
        { """ "take": { "a": "{[|new.uid|]}" } """, "'new.uid' is no source; did you mean 'new.uuid'?" },
        { """ "take": { "a": "{[|a b|]}" } """, "'a b' is no source; it must be the name of state, a pointer such as '/a/b', 'options', 'options.name', 'header.Name', 'status', 'events', 'nextIndex' or 'new.uuid'" },
        { """ "take": { "a": "[|{header.X Y}|]" } """, "'X Y' is no name of an HTTP header" },
        { """ "requests": { "sendMessage": { "path": "/[|{options.mesage}|]" } } """, "'options.mesage' leads to nothing: the options of 'sendMessage' have no 'mesage'; did you mean 'message'?" },
        { """ "requests": { "sendMessage": { "body": { "content": "[|{options.message.text}|]" } } } """, "'options.message.text' leads to nothing: 'message' of the options of 'sendMessage' has no members, so no 'text'" },
        { """ "requests": { "leave": { "query": { "a": "[|{options.a}|]" } } } """, "'options.a' leads to nothing: 'leave' has no options" },
        { """ "requests": { "startSession": { "query": { "a": "[|{options.serverUrl}|]" } } } """, "'options.serverUrl' leads to nothing: 'serverUrl' of the options of 'startSession' is the client's own and is not sent" },
        { """ "requests": { "getEvents": { "query": { "a": "[|{options.a}|]" } } } """, "'options.a' leads to nothing: there is no operation here whose options these could be; give the step 'options'" },
        { """ "requests": { "startSession": { "answer": { "sessionId": "[|{options.a}|]" } } } """, "'options.a' leads to nothing: the options of 'startSession' have no 'a'; allowed are 'username', 'subject', 'userData'" },
        { """ "values": { "a": "[|{options.usrname}|]" } """, "'options.usrname' leads to nothing: the options of 'startSession' have no 'usrname'; did you mean 'username'?" },
        { """ "headers": { "X-A": "[|{options.message}|]" } """, "'options.message' leads to nothing: the options of 'startSession' have no 'message'; allowed are 'username', 'subject', 'userData'" },
        { """ "requests": { "h": { "method": "GET", "path": "/h", "query": { "a": "[|{options.fromIndex}|]" } } }, "operations": { "getTranscript": { "request": "h", "options": { "from": "{options.fromIndex}" } } } """, "'options.fromIndex' leads to nothing: the step gives the request no 'fromIndex'; allowed are 'from'" },
        { """ "operations": { "getTranscript": { "request": "getTranscript", "options": { "fromIndex": "[|{options.from}|]" } } } """, "'options.from' leads to nothing: the options of 'getTranscript' have no 'from'; allowed are 'fromIndex'" },
        { """ "requests": { "setUserData": { "method": "PUT", "path": "/u", "query": { "u": "[|{options.userData}|]" } } } """, "'options.userData' is no text but an object or an array; say '{options.userData|json}' for its JSON" },
        { """ "requests": { "leave": { "query": { "a": [|[]|] } } } """, $"'{Leave}.query.a' must be a template, a number or a Boolean" },
    };

    public static TheoryData<string, string> Conditions => new()
    {
        { """ "operations": { "sendTyping": { "request": "sendTyping", "if": { [|"options.isTyping"|]: true } } } """, "'options.isTyping' has no placeholder, so that it is always the same; write '{options.isTyping}'" },
        { """ "operations": { "sendTyping": { "request": "sendTyping", "if": { "[|{options.isTypin}|]": true } } } """, "'options.isTypin' leads to nothing: the options of 'sendTyping' have no 'isTypin'; did you mean 'isTyping'?" },
        { """ "operations": { "sendTyping": { "request": "sendTyping", "if": { "{options.isTyping}": [|[]|] } } } """, $"'{Rest}.operations.sendTyping.if' can never hold: there is no value in the array" },
        { """ "operations": { "sendTyping": { "request": "sendTyping", "if": { "{options.isTyping}": [|{}|] } } } """, $"'{Rest}.operations.sendTyping.if' compares with strings, numbers, Booleans and null, or arrays of these" },
        { """ "operations": { "sendTyping": { "request": "sendTyping", "if": [|true|] } } """, $"'{Rest}.operations.sendTyping.if' must be an object of templates and their values" },
    };

    public static TheoryData<string, string> State => new()
    {
        { """ "counters": { "a": 1 }, "values": { [|"a"|]: "{options.username}" } """, "'a' is a counter already; give one of them another name" },
        { """ "operations": { "sendTyping": { "request": "sendTyping", "if": { "{options.isTyping}": "[|{sesionId}|]" } } } """, "There is no state 'sesionId'; did you mean 'sessionId'?" },
        { """ "counters": { "a": [|1.5|] } """, $"'{Rest}.counters.a' must be a 32-bit integer, the first value" },
        { """ "take": { [|"status"|]: "{/a}" } """, "'status' cannot be the name of state: it is a word of the language" },
        { """ "take": { [|"1st"|]: "{/a}" } """, "'1st' cannot be the name of state: it must begin with a letter or '_', and have letters, digits, '_' and '-' of ASCII alone" },
        { """ "take": { "a": [|{}|] } """, $"'{Rest}.take.a' must be a template: a string" },
        { """ "tables": { [|"string"|]: {} } """, "'string' cannot be the name of a table: it is a filter" },
        { """ "tables": { [|"a|b"|]: {} } """, "'a|b' cannot be the name of a table: a template could not name it" },
        { """ "tables": { "a": { "b": [|[]|] } } """, $"'{Rest}.tables.a.b' must be a string, a number, a Boolean or null" },
    };

    public static TheoryData<string, string> Wire => new()
    {
        { """ "headers": { [|"X Y"|]: "a" } """, "'X Y' is no name of an HTTP header" },
        { """ "headers": { "X-Y": [|"a\r\nX-Z: b"|] } """, "The header 'X-Y' can only have printable characters of ASCII" },
        { """ "requests": { "leave": { "headers": { "X-Y": [|"a{sessionId}\u0000"|] } } } """, "The header 'X-Y' can only have printable characters of ASCII" },
        { """ "headers": { [|"content-type"|]: "text/plain" } """, "The header 'content-type' is not the mapping's to set: HTTP and the encoding of the body do" },
        { """ "headers": { "X-A": "1", [|"x-a"|]: "2" } """, "The header 'x-a' is given twice; names of headers are the same in either case" },
        { """ "headers": { "X-A": [|5|] } """, $"'{Rest}.headers.X-A' must be a string" },
        { """ "requests": { "leave": { "headers": { "X-Chat-Sesion": [|null|] } } } """, "There is no common header 'X-Chat-Sesion' to take away; did you mean 'X-Chat-Session'?" },
        { """ "requests": { "leave": { "path": [|"leave"|] } } """, "'leave' is no path: it must begin with '/'" },
        { """ "requests": { "leave": { "path": [|"//evil.example.com/"|] } } """, "'//evil.example.com/' is no path: it would name another server" },
        { """ "requests": { "leave": { "path": [|"/a?b=1"|] } } """, "'/a?b=1' is no path: besides placeholders it must have neither a query nor a fragment, nor what is escaped in an address" },
        { """ "requests": { "leave": { "path": [|"/a/../b"|] } } """, "'/a/../b' is no path: it must not have the segments '.' and '..'" },
        { """ "requests": { "far": { "method": "POST", "url": [|"{sessionId}"|] } } """, $"'{Rest}.requests.far.url' may lead to another server; say in 'allowedHosts' to which it may, or '[]' for the server's own host alone" },
        { """ "allowedHosts": [], "requests": { "far": { "method": "POST", "url": [|"file:///etc/passwd"|] } } """, $"'{Rest}.requests.far.url' must begin with a placeholder or with 'https://' or 'http://'" },
        { """ "allowedHosts": [], "requests": { "far": { "method": "POST", "url": [|"https://a b/"|] } } """, $"'{Rest}.requests.far.url' has characters that are escaped in an address" },
        { """ "allowedHosts": [[|"https://example.com"|]] """, "'https://example.com' is no host: write its name, or '*.' and a domain for all hosts within it, without scheme, port and path" },
        { """ "allowedHosts": [[|"*.com"|]] """, "'*.com' is no host: write its name, or '*.' and a domain for all hosts within it, without scheme, port and path" },
        { """ "timeoutSeconds": [|0|] """, $"'{Rest}.timeoutSeconds' must be a number above 0 and at most 3600" },
        { """ "requests": { "leave": { "success": [[|99|]] } } """, $"'{Leave}.success' must have HTTP statuses, from 100 to 599" },
        { """ "requests": { "leave": { "success": [|[]|] } } """, $"'{Leave}.success' must be an array of HTTP statuses" },
        { """ "requests": { "getEvents": { [|"body"|]: { "content": {} } } } """, $"'{Rest}.requests.getEvents' is sent by GET, which has no body" },
        { """ "requests": { "leave": { "body": [|{}|] } } """, $"'{Leave}.body' needs 'content': no operation with options sends this request" },
        { """ "requests": { "sendMessage": { "body": { "encoding": [|"xml"|] } } } """, $"'{Rest}.requests.sendMessage.body.encoding' must not be 'xml'; allowed are 'json', 'form', 'multipart', 'file'" },
        { """ "requests": { "sendMessage": { "body": { "encoding": "form", "content": [|"{options}"|] } } } """, $"'{Rest}.requests.sendMessage.body.content' must be an object: its members are the fields" },
        { """ "requests": { "sendMessage": { "body": { "type": [|"SendMessageOptions"|] } } } """, $"'{Rest}.requests.sendMessage.body.type' must be a reference: {{ \"$ref\": \"#/definitions/…\" }}" },
        { """ "requests": { "leave": { "result": [|"files"|] } } """, $"'{Leave}.result' must be a reference: {{ \"$ref\": \"#/definitions/…\" }}, or \"file\"" },
        { """ "requests": { "leave": { [|"replyWhen"|]: { "{sessionId}": "*" } } } """, $"'{Leave}.replyWhen' tells which message on the channel is the answer; it needs '\"reply\": \"next\"'" },
        { """ "requests": { "leave": { [|"reply"|]: "next" } } """, $"'{Leave}.reply' says how what is published is answered; a request over HTTP has its own answer" },
        { """ "requests": { "tell": { [|"publish"|]: "/service/chat" } } """, $"'{Rest}.requests.tell' is published over Bayeux, but the mapping has no 'events.bayeux'" },
        { OverBayeux + """ "requests": { "tell": { "method": [|"POST"|], "publish": "/service/chat" } } """, $"'{Rest}.requests.tell' is published, so that it has no HTTP method" },
        { OverBayeux + """ "requests": { "tell": { [|"query"|]: { "a": "b" }, "publish": "/service/chat" } } """, $"'{Rest}.requests.tell' is published, so that 'query' has no effect" },
        { OverBayeux + """ "requests": { "tell": { "publish": [|"/service/*"|] } } """, "'/service/*' is no Bayeux channel: segments of letters, digits and '-_!~()$@', each after a slash" },
        { OverBayeux + """ "requests": { "tell": { "publish": "/service/chat", "body": { "encoding": [|"form"|] } } } """, $"'{Rest}.requests.tell' is published, so that its body is JSON" },
        { OverBayeux + """ "requests": { "tell": { "publish": "/service/chat", [|"take"|]: { "a": "{/a}" } } } """, $"'{Rest}.requests.tell' is answered by an acknowledgement, which has no content; say '\"reply\": \"next\"' if the answer is the next message on the channel" },
        { OverBayeux + """ "operations": { "leave": "tell" }, "requests": { "tell": { [|"publish"|]: "/service/chat" } } """, $"'leave' has a result, but '{Rest}.requests.tell' is answered by an acknowledgement, which has no content; say '\"reply\": \"next\"' if the answer is the next message on the channel" },
    };

    public static TheoryData<string, string> Answers => new()
    {
        { """ "requests": { "startSession": { "answer": { "sessionId": "{/id}", [|"id"|]: 1 } } } """, "The result of 'startSession' has no 'id'; allowed are 'sessionId'" },
        { """ "requests": { "startSession": { "answer": [|{|] } } } """, "The result of 'startSession' needs 'sessionId'" },
        { """ "requests": { "startSession": { "answer": { "sessionId": [|5|] } } } """, "'sessionId' of the result of 'startSession' must be a string, or a placeholder" },
        { """ "requests": { "sendMessage": { [|"answer"|]: {} } } """, $"'{Rest}.requests.sendMessage.answer' has no effect: no operation with a result ends with this request" },
        { """ "errors": [{ "status": [[|"6xx"|]], "code": 52 }] """, $"'{Rest}.errors[0].status' must have HTTP statuses, from 100 to 599, or classes of them, \"1xx\" to \"5xx\"" },
        { """ "errors": [{ "status": [|503|], "code": 52 }] """, $"'{Rest}.errors[0].status' must be an array of statuses" },
        { """ "errors": [{ "code": 52, [|"recovery"|]: "retry" }] """, $"'{Rest}.errors[0]' has no member 'recovery'; allowed are 'status', 'when', 'code', 'description'" },
        { """ "errors": [{ "code": [|"AFFINITY"|] }] """, "The error codes of the schema are numbers, not strings such as 'AFFINITY'" },
        { """ "errors": [{ "code": [|1.5|] }] """, "1.5 cannot be an error code: it is no 32-bit integer" },
        { """ "errors": [{ "code": [|true|] }] """, $"'{Rest}.errors[0].code' must be a string or a number" },
    };

    public static TheoryData<string, string> Events => new()
    {
        { """ "events": { [|"longPoll"|]: { "request": "getEvents" } } """, $"'{Rest}.events' has 'poll' already; events come from one source" },
        { """ "events": { "poll": [|null|] } """, $"'{Rest}.events' must have 'poll', 'longPoll', 'webSocket' or 'bayeux'" },
        { """ "events": { "entries": [|null|] } """, $"'{Rest}.events' lacks the member 'entries'" },
        { """ "events": { "entries": [|"x{/transcript}"|] } """, $"'{Rest}.events.entries' must be one placeholder, such as '{{/messages}}'" },
        { """ "events": { "poll": { "intervalSeconds": [|0|] } } """, $"'{Rest}.events.poll.intervalSeconds' must be a number above 0 and at most 3600" },
        { """ "events": { "poll": { "intervalSeconds": [|"1"|] } } """, $"'{Rest}.events.poll.intervalSeconds' must be a number above 0 and at most 3600" },
        { """ "events": { "poll": null, "longPoll": { "request": "getEvents", "timeoutSeconds": [|4000|] } } """, $"'{Rest}.events.longPoll.timeoutSeconds' must be a number above 0 and at most 3600" },
        { """ "requests": { "getEvents": { "events": [|false|] } } """, $"'{Rest}.requests.getEvents' is asked for events, so its answer must bring them" },
        { """ "events": { "poll": null, "entries": null, "webSocket": [|{|] } } """, $"'{Rest}.events.webSocket' lacks the member 'url'" },
        { """ "events": { "poll": null, "entries": null, "webSocket": { "url": [|"{sessionId}"|] } } """, $"'{Rest}.events.webSocket.url' may lead to another server; say in 'allowedHosts' to which it may, or '[]' for the server's own host alone" },
        { """ "allowedHosts": [], "events": { "poll": null, "entries": null, "webSocket": { "url": "{sessionId}", "heartbeat": { "intervalSeconds": [|-1|], "send": {} } } } """, $"'{Rest}.events.webSocket.heartbeat.intervalSeconds' must be a number above 0 and at most 3600" },
        { """ "allowedHosts": [], "events": { "poll": null, "entries": null, "webSocket": { "url": "{sessionId}", "onOpen": [|{}|] } } """, $"'{Rest}.events.webSocket.onOpen' must be an array of messages" },
        { """ "allowedHosts": [], "events": { "poll": null, "entries": null, "webSocket": { "url": "{sessionId}", "readyWhen": { "{/topic}": [|{}|] } } } """, $"'{Rest}.events.webSocket.readyWhen' compares with strings, numbers, Booleans and null, or arrays of these" },
        { """ "allowedHosts": [], "events": { "poll": null, "entries": null, "webSocket": { "url": "{sessionId}", "subprotocol": [|"a b"|] } } """, "'a b' is no name of a subprotocol" },
        { """ "events": { "poll": null, "entries": null, "bayeux": { "url": [|"cometd"|] } } """, "'cometd' is no path: it must begin with '/'" },
        { """ "events": { "poll": null, "entries": null, "bayeux": { "url": "/cometd", "subscribe": [[|"/a*"|]] } } """, "'/a*' is no Bayeux channel: segments of letters, digits and '-_!~()$@', each after a slash" },
        { """ "events": { "map": [{ "event": [|"mesageReceived"|] }] } """, "There is no event 'mesageReceived'; did you mean 'messageReceived'?" },
        { """ "events": { "map": [{ "event": [|5|] }] } """, $"'{Rest}.events.map[0].event' must be the name of an event, or null to pass over what fits the rule" },
        { """ "events": { "answers": [{ "event": "interrupted", [|"member"|]: {} }] } """, $"'{Rest}.events.answers[0]' has no member 'member'; did you mean 'members'?" },
        { """ "events": { "map": [{ "event": "agentTyping", "members": { "party": "{/p}", "isTyping": true, [|"isTypin"|]: true } }] } """, "The event 'agentTyping' has no 'isTypin'; did you mean 'isTyping'?" },
        { """ "events": { "map": [{ "event": "agentTyping", "members": [|{|] "party": "{/p}" } }] } """, "The event 'agentTyping' needs 'isTyping'" },
        { """ "events": { "map": [{ "event": [|"agentTyping"|] }] } """, "The event 'agentTyping' needs 'party'; give it by 'members'" },
        { """ "events": { "map": [{ "event": "agentTyping", "members": { "party": "{/p}", "isTyping": [|"yes"|] } }] } """, "'isTyping' of the event 'agentTyping' must be a Boolean, or a placeholder" },
        { """ "events": { "map": [{ "event": "agentConnected", "members": { "party": [|{|] "id": "1", "name": "a" } } }] } """, "'party' of the event 'agentConnected' needs 'type'" },
        { """ "events": { "map": [{ "event": "agentConnected", "members": { "party": [|"Jane"|] } }] } """, "'party' of the event 'agentConnected' must be an object, or a placeholder" },
        { """ "events": { "map": [{ "event": "sessionEnded", "members": { "reason": [|"agnt"|] } }] } """, "'agnt' is no value of 'reason' of the event 'sessionEnded'; did you mean 'agent'?" },
        { """ "events": { "map": [{ "event": null, [|"members"|]: {} }] } """, $"'{Rest}.events.map[0]' passes over what fits it, so that 'members' has no effect" },
        { """ "events": { "map": [|{}|] } """, $"'{Rest}.events.map' must be an array of rules" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    [MemberData(nameof(Templates))]
    [MemberData(nameof(Conditions))]
    [MemberData(nameof(State))]
    [MemberData(nameof(Wire))]
    [MemberData(nameof(Answers))]
    [MemberData(nameof(Events))]
    public void A_mistake_is_located_and_says_what_is_right(string rest, string message) => RestReading.AssertReports("CHAT1016", message, RestReading.Variant(rest));

    [Theory]
    [InlineData(""" "requests": { "getEvents": { "take": { "a": "[|{/transcrip}|]" } } } """, "'/transcrip' leads to nothing: 'TranscriptResult' has no 'transcrip'; did you mean 'transcript'?")]
    [InlineData(""" "requests": { "getEvents": { "take": { "a": "[|{/transcript/first}|]" } } } """, "'/transcript/first' leads to nothing: 'first' is no index of an array")]
    [InlineData(""" "requests": { "startSession": { "take": { "sessionId": "[|{/sessionId/id}|]" } } } """, "'/sessionId/id' leads to nothing: a value without members has no 'id'")]
    [InlineData(""" "events": { "entries": "[|{/entries}|]" } """, "'/entries' leads to nothing: 'TranscriptResult' has no 'entries'; allowed are 'transcript'")]
    public void A_pointer_out_of_the_defined_answer_is_a_warning(string rest, string message) => RestReading.AssertReports("CHAT1036", message, RestReading.Variant(rest));

    [Theory]
    [InlineData(""" "errors": [{ "code": [|1000|] }] """, "The error code '1000' is not among those of the schema; add it to 'x-chat-codes' or 'x-chat-ranges'")]
    [InlineData(""" "tables": { "codes": { "1": 52, "2": [|1000|] } }, "errors": [{ "code": "{/s|codes}" }] """, "The error code '1000' is not among those of the schema; add it to 'x-chat-codes' or 'x-chat-ranges'")]
    public void An_error_code_that_no_schema_knows_is_a_warning(string rest, string message) => RestReading.AssertReports("CHAT1037", message, RestReading.Variant(rest));

    [Fact]
    public void Two_requests_whose_methods_would_have_one_name_are_located() => RestReading.AssertReports(
        "CHAT1013", "'leaveResponse' becomes 'LeaveResponseAsync' in C#, which is taken; rename one",
        RestReading.Variant(""" "requests": { [|"leaveResponse"|]: { "method": "POST", "path": "/a" } } """));

    [Theory]
    [InlineData(""" "requests": { "raw": { "method": "GET", "path": "/raw/{options.anything}/{nextIndex}" } } """)]
    [InlineData(""" "values": { "name": "{options.username}" }, "counters": { "n": 7 }, "take": { "a-b_1": "{header.X-A}", "c": "{/~0~1/0/x y}" } """)]
    [InlineData(""" "requests": { "leave": { "query": { "a": "{{{sessionId}}}", "b": 5, "c": true } } } """)]
    [InlineData(""" "requests": { "startSession": { "body": { "content": { "user": "{options.username}", "any": "{options.userData.nested.deep}", "id": "{new.uuid}" } } } } """)]
    [InlineData(""" "requests": { "leave": { "events": null, "answer": { "transcript": "{events}" } } } """)]
    [InlineData(""" "errors": [{ "status": [503, "4xx"], "code": 52 }, { "when": { "{/a}": [1, null, "*", false] }, "code": "{/code|integer}", "description": "{/why} ({status})" }] """)]
    [InlineData(""" "events": { "map": [{ "when": { "{/t}": "A" }, "event": "agentTyping", "index": "{/i|integer}", "timestamp": "{/at|milliseconds}", "members": { "party": { "id": "{/id}", "name": "{/name} {/last}", "type": "Agent" }, "isTyping": "{/on|boolean}" } }, { "event": null }], "answers": [], "resume": ["leave", { "request": "getEvents", "if": { "{sessionId}": "*" } }] } """)]
    [InlineData(""" "allowedHosts": ["example.com", "*.example.com", "localhost"], "events": { "poll": null, "entries": null, "webSocket": { "url": "{sessionId}", "headers": { "X-A": "{sessionId}" }, "subprotocol": "chat", "onOpen": [{ "a": "{nextIndex}" }, "text"], "heartbeat": { "intervalSeconds": 0.5, "send": {} } } } """)]
    [InlineData(OverBayeux + """ "requests": { "sendTyping": { "method": null, "path": null, "publish": "/service/{sessionId}/chat" }, "leave": { "method": null, "path": null, "publish": "/service/chat", "reply": "next", "take": { "a": "{/transcript}" } } } """)]
    [InlineData(""" "operations": { "sendTyping": [{ "request": "sendTyping", "if": { "{options.isTyping}": [true, null] } }, { "request": "leave", "if": { "{options.isTyping}": false } }] } """)]
    public void What_is_right_is_left_alone(string rest) => Assert.Empty(RestReading.Diagnostics(RestReading.Variant(rest)).Select(found => found.ToDiagnostic().GetMessage(null)));

    [Fact]
    public void The_example_of_the_documentation_is_right()
    {
        string page = File.ReadAllText(Path.Combine(DescriptorTests.Root(), "docs", "schema-language.md"));
        int id = page.IndexOf("\"acme-rest\"", StringComparison.Ordinal);
        int start = page.LastIndexOf("```json\n", id, StringComparison.Ordinal) + "```json\n".Length;

        Assert.Empty(RestReading.Diagnostics(page[start..page.IndexOf("```", start, StringComparison.Ordinal)]).Select(found => found.ToDiagnostic().ToString()));
    }
}
