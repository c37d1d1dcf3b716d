using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace ChatGen.Bayeux.Chaos.Acknowledgement;

/// <summary>Two clients that send each other numbers: one behind the network, one beside the server.</summary>
internal sealed class Correspondent : IAsyncDisposable
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(200);

    private readonly string _name;
    private readonly Random _random;
    private readonly BayeuxClient _afar;
    private readonly BayeuxClient _near;
    private readonly ConcurrentQueue<int> _arrivedAfar = new();
    private readonly ConcurrentQueue<int> _arrivedNear = new();
    private readonly ConcurrentDictionary<int, PublishOutcome> _outcomes = new();
    private int _sentToAfar;

    public Correspondent(int number, Uri throughNetwork, Uri server, BayeuxClientOptions options)
    {
        _name = number.ToString(CultureInfo.InvariantCulture);
        _random = new Random(number);
        _afar = new BayeuxClient(options with { Url = throughNetwork });
        _near = new BayeuxClient(options with { Url = server });
    }

    public int Interruptions { get; private set; }

    /// <summary>What became of what the one behind the network has sent.</summary>
    public string Summary => string.Join(", ", _outcomes.Values.GroupBy(static outcome => outcome).OrderBy(static group => group.Key).Select(static group => $"{group.Key} {group.Count()}"));

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _afar.StateChanged += change => Interruptions += change.Current == BayeuxClientState.Reconnecting ? 1 : 0;
        await Task.WhenAll(_afar.ConnectAsync(cancellationToken), _near.ConnectAsync(cancellationToken));
        BayeuxSubscription afar = _afar.Subscribe($"/to/afar/{_name}", bayeuxEvent => _arrivedAfar.Enqueue(Number(bayeuxEvent)));
        BayeuxSubscription near = _near.Subscribe($"/to/near/{_name}", bayeuxEvent => _arrivedNear.Enqueue(Number(bayeuxEvent)));
        await Task.WhenAll(afar.ConfirmedAsync(cancellationToken), near.ConfirmedAsync(cancellationToken));
    }

    /// <summary>Both send, and neither waits for answers, until they are told to stop; then for all outcomes.</summary>
    public async Task CorrespondAsync(CancellationToken stop)
    {
        List<Task> publishing = [];
        for (int number = 1; !stop.IsCancellationRequested; number++)
        {
            publishing.Add(PublishFromAfarAsync(number));
            PublishResult near = await _near.PublishAsync($"/to/afar/{_name}", Payload(number), CancellationToken.None);
            if (near.Outcome != PublishOutcome.Acknowledged)
            {
                throw new InvalidOperationException($"Without a network between, a message was {near}.");
            }

            _sentToAfar = number;
            await Task.Delay(s_longestPause * _random.NextDouble(), CancellationToken.None);
        }

        await Task.WhenAll(publishing);
    }

    /// <summary>What is wrong with what has arrived so far; empty if all is well.</summary>
    public IEnumerable<string> Faults()
    {
        if (!_arrivedAfar.SequenceEqual(Enumerable.Range(1, _sentToAfar)))
        {
            yield return $"{_name}: of {_sentToAfar} events, [{string.Join(", ", Enumerable.Range(1, _sentToAfar).Except(_arrivedAfar))}] were lost, [{string.Join(", ", Doubles(_arrivedAfar))}] came twice";
        }

        if (_afar.SessionNumber != 1)
        {
            yield return $"{_name}: the session was lost {_afar.SessionNumber - 1} times";
        }

        if (Doubles(_arrivedNear).ToArray() is { Length: > 0 } doubled)
        {
            yield return $"{_name}: publishes [{string.Join(", ", doubled)}] arrived twice";
        }

        foreach ((int number, PublishOutcome outcome) in _outcomes)
        {
            bool arrived = _arrivedNear.Contains(number);
            if (outcome switch
            {
                PublishOutcome.Acknowledged => !arrived,
                PublishOutcome.NotSent => arrived,
                PublishOutcome.Rejected => true,
                _ => false,
            })
            {
                yield return $"{_name}: publish {number} is said to be {outcome}, but {(arrived ? "arrived" : "did not arrive")}";
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _afar.DisposeAsync();
        await _near.DisposeAsync();
    }

    private static byte[] Payload(int number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    private static int Number(BayeuxEvent bayeuxEvent) => int.Parse(bayeuxEvent.Data.Span, CultureInfo.InvariantCulture);

    private static IEnumerable<int> Doubles(IEnumerable<int> numbers) => numbers.GroupBy(static number => number).Where(static group => group.Count() > 1).Select(static group => group.Key);

    private async Task PublishFromAfarAsync(int number)
    {
        PublishResult result = await _afar.PublishAsync($"/to/near/{_name}", Payload(number), CancellationToken.None);
        _outcomes[number] = result.Outcome;
    }
}
