namespace NestedLearning.Models;

/// <summary>Refuses tokens that a vocabulary lacks.</summary>
internal static class TokenRange
{
    /// <exception cref="ArgumentOutOfRangeException">There is no such token.</exception>
    public static void Require(int token, int vocabulary)
    {
        if (token < 0 || token >= vocabulary)
        {
            throw new ArgumentOutOfRangeException(nameof(token), token, $"Accepted are tokens from 0 to {vocabulary - 1}.");
        }
    }
}
