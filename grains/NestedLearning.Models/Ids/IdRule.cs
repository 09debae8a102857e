namespace NestedLearning.Models;

/// <summary>The one rule that every id follows: 1 to a maximum of <c>[a-z0-9-]</c>.</summary>
internal static class IdRule
{
    public const int ShortLength = 64;
    public const int LongLength = 128;

    public static string Check(string kind, string? value, int maxLength) =>
        IsValid(value, maxLength) ? value! : throw new InvalidIdException(kind, value, maxLength);

    public static bool IsValid(string? value, int maxLength)
    {
        if (value is null || value.Length == 0 || value.Length > maxLength)
        {
            return false;
        }

        foreach (char c in value)
        {
            if (c is not ((>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            {
                return false;
            }
        }

        return true;
    }
}
