using System.Collections;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Resources;
using NestedLearning.Models;

namespace NestedLearning.Cli.Data;

/// <summary>Reads the strings embedded in a satellite assembly from its metadata; the assembly is never loaded.</summary>
internal static class SatelliteAssembly
{
    /// <summary>All strings, resource by resource.</summary>
    /// <exception cref="DataException">The file cannot be read or is no assembly.</exception>
    public static List<(string Resource, string Key, string Value)> Read(string file)
    {
        List<(string, string, string)> strings = [];
        try
        {
            using PEReader image = new(File.OpenRead(file));
            MetadataReader metadata = image.GetMetadataReader();
            int address = image.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress;
            PEMemoryBlock resources = image.GetSectionData(address);
            foreach (ManifestResourceHandle handle in metadata.ManifestResources)
            {
                ManifestResource resource = metadata.GetManifestResource(handle);
                if (resource.Implementation.IsNil)
                {
                    AddStrings(metadata.GetString(resource.Name), Content(resources, (int)resource.Offset), strings);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or BadImageFormatException
            or ArgumentException or InvalidOperationException)
        {
            throw new DataException(file, null, $"no readable satellite assembly: {e.Message}", e);
        }

        return strings;
    }

    private static MemoryStream Content(PEMemoryBlock resources, int offset)
    {
        BlobReader reader = resources.GetReader(offset, resources.Length - offset);
        int length = reader.ReadInt32();
        return new MemoryStream(reader.ReadBytes(length));
    }

    private static void AddStrings(string name, Stream content, List<(string, string, string)> strings)
    {
        using ResourceReader reader = new(content);
        foreach (DictionaryEntry entry in reader)
        {
            if (entry.Value is string value)
            {
                strings.Add((name, (string)entry.Key, value));
            }
        }
    }
}
