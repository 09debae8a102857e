using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using NestedLearning.Cli.Data;
using NestedLearning.Cli.Rendering;
using NestedLearning.Models;
using Arm = System.Runtime.Intrinsics.Arm;
using X86 = System.Runtime.Intrinsics.X86;

namespace NestedLearning.Cli.Doctor;

/// <summary>Looks at the machine that the command runs on.</summary>
internal static class MachineChecks
{
    private const long GiB = 1L << 30;
    private const long ScarceMemory = 2 * GiB;
    private const long ScarceDisk = GiB;
    private const int TargetFramework = 10;

    /// <summary>All checks that need no kernel, in the order of the report.</summary>
    /// <param name="dataDirectory">Where state would be kept; it need not exist.</param>
    public static IEnumerable<DoctorCheck> Run(string dataDirectory) =>
    [
        Runtime(),
        new("System", $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}"),
        new("Processor cores", Figures.Count(Environment.ProcessorCount)),
        Memory(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes),
        Simd(),
        Messages(DotnetSdk.Find),
        DataDirectory(dataDirectory),
        FreeDisk(dataDirectory),
    ];

    internal static DoctorCheck Memory(long available) => available >= ScarceMemory
        ? new("Memory", Figures.Bytes(available))
        : new(
            "Memory",
            Figures.Bytes(available),
            CheckState.Warning,
            $"The classifier at its default size needs about {Figures.Bytes(ScarceMemory)}; choose fewer features.");

    internal static DoctorCheck Messages(Func<string> findSdk)
    {
        try
        {
            return new DoctorCheck(DotnetMessages.SourceName, findSdk());
        }
        catch (DataException e)
        {
            return new DoctorCheck(
                DotnetMessages.SourceName, e.Message, CheckState.Warning, "Train on a file of your own with --data.");
        }
    }

    /// <summary>Writes and removes a file, and the folder if it was not there.</summary>
    internal static DoctorCheck DataDirectory(string path)
    {
        const string Name = "Data directory";
        try
        {
            bool existed = Directory.Exists(path);
            Directory.CreateDirectory(path);
            using (File.Create(Path.Combine(path, Path.GetRandomFileName()), 1, FileOptions.DeleteOnClose))
            {
            }

            if (!existed)
            {
                Directory.Delete(path);
            }

            return new DoctorCheck(Name, $"{path} can be written");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new DoctorCheck(Name, $"{path} cannot be written: {e.Message}", CheckState.Failed, "Choose another folder.");
        }
    }

    private static DoctorCheck Runtime() => new(
        ".NET",
        $"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}",
        Environment.Version.Major >= TargetFramework ? CheckState.Good : CheckState.Failed);

    private static DoctorCheck Simd()
    {
        (string Name, bool IsSupported)[] sets =
        [
            ("AVX2", X86.Avx2.IsSupported),
            ("FMA", X86.Fma.IsSupported),
            ("AVX-VNNI", X86.AvxVnni.IsSupported),
            ("AVX-512", X86.Avx512F.IsSupported),
            ("AdvSimd", Arm.AdvSimd.IsSupported),
        ];
        string names = string.Join(", ", sets.Where(set => set.IsSupported).Select(set => set.Name));
        return Vector128.IsHardwareAccelerated
            ? new DoctorCheck("SIMD", $"{names}; vectors of {Width()} bits")
            : new DoctorCheck("SIMD", "none", CheckState.Warning, "Learning works, but is many times slower.");
    }

    private static int Width() =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;

    private static DoctorCheck FreeDisk(string path)
    {
        const string Name = "Free disk";
        try
        {
            long free = new DriveInfo(ExistingFolder(path)).AvailableFreeSpace;
            return free >= ScarceDisk
                ? new DoctorCheck(Name, Figures.Bytes(free))
                : new DoctorCheck(
                    Name, Figures.Bytes(free), CheckState.Warning, "State may not fit; make room or choose another folder.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new DoctorCheck(Name, $"unknown: {e.Message}", CheckState.Warning);
        }
    }

    private static string ExistingFolder(string path)
    {
        string folder = Path.GetFullPath(path);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        return folder;
    }
}
