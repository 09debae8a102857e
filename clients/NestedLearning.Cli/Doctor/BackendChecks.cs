using NestedLearning.Tensors;

namespace NestedLearning.Cli.Doctor;

/// <summary>Looks at what this command computes with.</summary>
internal static class BackendChecks
{
    /// <summary>The limit of a core, and a line for each backend.</summary>
    public static IEnumerable<DoctorCheck> Run() =>
    [
        new("Arithmetic", $"{SimdLevel.Description}, {FmaPeak.MeasureGflops():F0} GFLOP/s on one core"),
        Of(BackendReport.OfManaged()),
        new("Backend torch", "not part of this command", Advice: "Silos carry it: nl-silo doctor looks for it, and for GPUs."),
    ];

    private static DoctorCheck Of(BackendReport report) => new($"Backend {report.Backend}", $"{report.Device}: {report.Summary}");
}
