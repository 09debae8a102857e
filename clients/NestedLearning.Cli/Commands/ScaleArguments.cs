using System.CommandLine;
using NestedLearning.Simulation;

namespace NestedLearning.Cli.Commands;

/// <summary>What <c>nl simulate --scale</c> plans for.</summary>
internal sealed class ScaleArguments
{
    private static readonly ScaleOptions Defaults = new();

    private readonly Option<bool> _scale = new("--scale")
    {
        Description = "Simulate nothing: measure what things cost here, and plan for sizes that this machine cannot run.",
    };

    private readonly Option<int> _workers = new("--workers") { Description = "With --scale: workers that train together.", HelpName = "N", DefaultValueFactory = _ => Defaults.Workers };

    private readonly Option<long> _tenants = new("--tenants") { Description = "With --scale: tenants with a memory each.", HelpName = "N", DefaultValueFactory = _ => Defaults.Tenants };

    private readonly Option<double> _eventsPerSecond = new("--events-per-second") { Description = "With --scale: what a worker learns.", HelpName = "X", DefaultValueFactory = _ => Defaults.EventsPerSecond };

    private readonly Option<double> _eventsPerDay = new("--events-per-day") { Description = "With --scale: what a tenant learns.", HelpName = "X", DefaultValueFactory = _ => Defaults.EventsPerDay };

    private readonly Option<int> _period = new("--period") { Description = "With --scale: events between two updates of a worker.", HelpName = "N", DefaultValueFactory = _ => Defaults.Period };

    private readonly Option<string> _every = new("--every") { Description = "With --scale: how often tenants send up what they learned.", HelpName = "TIME", DefaultValueFactory = _ => "1h" };

    public void AddTo(Command command)
    {
        foreach (Option option in new Option[] { _scale, _workers, _tenants, _eventsPerSecond, _eventsPerDay, _period, _every })
        {
            command.Options.Add(option);
        }
    }

    public bool IsAsked(ParseResult parsed) => parsed.GetValue(_scale);

    /// <exception cref="InvalidSimulationException">An option is out of its range.</exception>
    public ScaleOptions Read(ParseResult parsed)
    {
        ScaleOptions options = new()
        {
            Workers = parsed.GetValue(_workers),
            Tenants = parsed.GetValue(_tenants),
            EventsPerSecond = parsed.GetValue(_eventsPerSecond),
            EventsPerDay = parsed.GetValue(_eventsPerDay),
            Period = parsed.GetValue(_period),
            Every = DurationText.Parse("--every", parsed.GetRequiredValue(_every)),
        };
        options.Validate();
        return options;
    }
}
