using Microsoft.Playwright;

namespace NestedLearning.Browser.Tests;

/// <summary>Measures texts as WCAG 2.1 does: 4.5 to 1 against their ground, 3 to 1 where they are large.</summary>
internal static class Contrast
{
    private const string Script = """
        () => {
          const luminance = ([r, g, b]) => {
            const linear = [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
          };
          const parse = color => color.match(/[\d.]+/g).map(Number);
          const groundOf = element => {
            for (let at = element; at; at = at.parentElement) {
              const color = parse(getComputedStyle(at).backgroundColor);
              if (color.length < 4 || color[3] === 1) {
                return color;
              }
            }
            return [255, 255, 255];
          };
          const faint = [];
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const element = node.parentElement;
            const style = getComputedStyle(element);
            if (!node.textContent.trim() || element.closest(".visually-hidden, script, [hidden], title") || style.visibility === "hidden") {
              continue;
            }
            const text = luminance(parse(element.closest("svg") ? style.fill : style.color));
            const ground = luminance(groundOf(element));
            const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
            const size = parseFloat(style.fontSize);
            const isLarge = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
            if (ratio < (isLarge ? 3 : 4.5)) {
              faint.push(`${node.textContent.trim()} (${element.className}): ${ratio.toFixed(2)}`);
            }
          }
          return faint;
        }
        """;

    /// <summary>The texts that are too faint, with what page they are on.</summary>
    public static async Task<string[]> FaintTextsAsync(IPage page, string name) =>
        [.. (await page.EvaluateAsync<string[]>(Script)).Distinct().Select(text => $"{name}: {text}")];
}
