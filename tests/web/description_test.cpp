#include "web/description.h"
#include "core/json.h"
#include "core/text.h"
#include "markup.h"
#include "web/character_reference.h"
#include "web/html_token.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>

namespace moisson::web {
namespace {

using test::read_markup;

std::string described(std::string_view text) { return describe(text).markup; }

TEST(Description, RendersMarkdown) {
  EXPECT_EQ(
      described("Un **mot** et [un lien](https://a.example/x)."),
      "<p>Un <strong>mot</strong> et <a href=\"https://a.example/x\" rel=\"nofollow noopener ugc\">un lien</a>.</p>");
}

TEST(Description, KeepsTheLinesOfPlainText) {
  const auto read = read_markup(described("Première ligne\nDeuxième ligne\n\nAutre paragraphe"), true);
  EXPECT_EQ(read.elements, (std::vector<std::string>{"p", "br", "p"}));
}

TEST(Description, LinksABareAddress) {
  EXPECT_NE(described("Voir https://a.example/page").find("href=\"https://a.example/page\""), std::string::npos);
}

TEST(Description, RendersHtml) {
  EXPECT_EQ(described("<p>Un <b>mot</b></p><ul><li>a<li>b</ul>"),
            "<p>Un <strong>mot</strong></p><ul><li>a</li><li>b</li></ul>");
}

TEST(Description, PutsHeadingsBelowThoseOfThePage) {
  EXPECT_EQ(described("# Titre"), "<h3>Titre</h3>");
  EXPECT_EQ(described("<h1>Titre</h1>"), "<h3>Titre</h3>");
}

TEST(Description, TurnsImagesIntoLinks) {
  const std::string html = described("![Carte](https://a.example/carte.png)");
  EXPECT_EQ(html.find("<img"), std::string::npos);
  EXPECT_NE(html.find("<a href=\"https://a.example/carte.png\" rel=\"nofollow noopener ugc\">Carte</a>"),
            std::string::npos);
}

TEST(Description, BreaksParagraphsAtDivsAndEmptyLines) {
  EXPECT_EQ(sanitise("<div>un</div><div>deux</div>").markup, "<p>un</p><p>deux</p>");
  EXPECT_EQ(sanitise("un\n\ndeux<br>trois").markup, "<p>un</p><p>deux<br />trois</p>");
}

TEST(Description, KeepsTables) {
  EXPECT_EQ(sanitise("<table><tr><td>a<td>b<tr><th>c</table>").markup,
            "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>");
}

TEST(Description, DecodesCharacterReferencesOnce) {
  EXPECT_EQ(decode_references("caf&eacute; &#233; &#xE9; &amp;eacute; &nope; & &#xD800;"),
            "café é é &eacute; &nope; & \uFFFD");
  EXPECT_EQ(sanitise("d&rsquo;eau &lt;b&gt;").markup, "<p>d’eau &lt;b&gt;</p>");
}

TEST(Description, ReadsAttributesAsBrowsersDo) {
  EXPECT_EQ(attribute(" a=1 href='x y' b", "href"), "x y");
  EXPECT_EQ(attribute("/href=x", "href"), "x");
  EXPECT_EQ(attribute(" title=\"href=no\" HREF = \"yes\"", "href"), "yes");
  EXPECT_EQ(attribute(" href", "href"), "");
}

TEST(Description, KnowsHtmlFromMarkdown) {
  EXPECT_TRUE(looks_like_html("<p>x"));
  EXPECT_TRUE(looks_like_html("a<br/>b"));
  EXPECT_TRUE(looks_like_html("un <b>mot</b>"));
  EXPECT_FALSE(looks_like_html("a < b and b > a"));
  EXPECT_FALSE(looks_like_html("<https://a.example>"));
  EXPECT_FALSE(looks_like_html("**gras**<br />suite"));
  EXPECT_FALSE(looks_like_html("## Titre\nun <b>mot</b>"));
  EXPECT_FALSE(looks_like_html("<p>[un lien](https://a.example)</p>"));
  EXPECT_TRUE(looks_like_html("<p>***</p><p>2 ** 3</p>"));
}

TEST(Description, RendersMarkdownThatHoldsHtml) {
  EXPECT_EQ(
      described(
          "**NAF 2025 :**\nÀ compter du <b>1er</b> janvier<br />\n[ici](https://a.example/)<script>alert(1)</script>"),
      "<p><strong>NAF 2025 :</strong><br />\nÀ compter du <strong>1er</strong> janvier<br /><br />\n"
      "<a href=\"https://a.example/\" rel=\"nofollow noopener ugc\">ici</a></p>");
}

// Each line of the corpus, as a description and as raw HTML: well-formed, and nothing in it runs or calls out.
TEST(Description, MakesEveryKnownPayloadInert) {
  std::ifstream corpus(std::string(MOISSON_SOURCE_DIR) + "/tests/web/xss_corpus.txt");
  std::size_t payloads = 0;
  for (std::string line; std::getline(corpus, line); ++payloads) {
    std::string payload = line;
    if (line.find('\\') != std::string::npos) {  // \n and \u escapes, as in JSON; a \" stands for itself
      const auto unescaped = json::Document::parse("[\"" + [&] {
        std::string quoted;
        for (std::size_t i = 0; i < line.size(); ++i) {
          if (line[i] == '"' && (i == 0 || line[i - 1] != '\\')) quoted += '\\';
          quoted += line[i];
        }
        return quoted;
      }() + "\"]");
      ASSERT_TRUE(unescaped) << line;
      payload = unescaped->root()[0].text();
    }
    for (const std::string& html : {describe(payload).markup, sanitise(payload).markup}) {
      const auto read = read_markup(html, true);
      EXPECT_EQ(read.fault, "") << line << "\n" << html;
      EXPECT_EQ(read.danger(), "") << line << "\n" << html;
      EXPECT_FALSE(read.has_element("script") || read.has_element("svg")) << html;
    }
  }
  EXPECT_GE(payloads, 150u);
}

TEST(Description, IsLinear) {
  using namespace std::chrono;
  const std::string pieces[] = {"<", "<a ", "<b>", "</b>",         "<li>",        "<!--", "&#",       "*",    "_",
                                "[", "](",  "`",   "<p><a href='", "<table><td>", "> ",   "<script>", "|a|\n"};
  for (const std::string& piece : pieces) {
    std::string text;
    while (text.size() < max_description_bytes) text += piece;
    const auto begin = steady_clock::now();
    const auto html = describe(text).markup;
    EXPECT_LT(steady_clock::now() - begin, seconds{1}) << piece;
    EXPECT_EQ(read_markup(html, true).fault, "") << piece;
  }
}

TEST(Description, CapsWhatItReads) {
  const std::string text(3 * max_description_bytes, 'a');
  EXPECT_LT(described(text).size(), max_description_bytes + 100);
}

}  // namespace
}  // namespace moisson::web
