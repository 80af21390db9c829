#include "core/url.h"

#include <gtest/gtest.h>

namespace moisson {
namespace {

// RFC 3986 §5.4: every normal and abnormal example, against http://a/b/c/d;p?q
constexpr std::pair<std::string_view, std::string_view> rfc3986_examples[] = {
    {"g:h", "g:h"},
    {"g", "http://a/b/c/g"},
    {"./g", "http://a/b/c/g"},
    {"g/", "http://a/b/c/g/"},
    {"/g", "http://a/g"},
    {"//g", "http://g"},
    {"?y", "http://a/b/c/d;p?y"},
    {"g?y", "http://a/b/c/g?y"},
    {"#s", "http://a/b/c/d;p?q#s"},
    {"g#s", "http://a/b/c/g#s"},
    {"g?y#s", "http://a/b/c/g?y#s"},
    {";x", "http://a/b/c/;x"},
    {"g;x", "http://a/b/c/g;x"},
    {"g;x?y#s", "http://a/b/c/g;x?y#s"},
    {"", "http://a/b/c/d;p?q"},
    {".", "http://a/b/c/"},
    {"./", "http://a/b/c/"},
    {"..", "http://a/b/"},
    {"../", "http://a/b/"},
    {"../g", "http://a/b/g"},
    {"../..", "http://a/"},
    {"../../", "http://a/"},
    {"../../g", "http://a/g"},
    {"../../../g", "http://a/g"},
    {"../../../../g", "http://a/g"},
    {"/./g", "http://a/g"},
    {"/../g", "http://a/g"},
    {"g.", "http://a/b/c/g."},
    {".g", "http://a/b/c/.g"},
    {"g..", "http://a/b/c/g.."},
    {"..g", "http://a/b/c/..g"},
    {"./../g", "http://a/b/g"},
    {"./g/.", "http://a/b/c/g/"},
    {"g/./h", "http://a/b/c/g/h"},
    {"g/../h", "http://a/b/c/h"},
    {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
    {"g;x=1/../y", "http://a/b/c/y"},
    {"g?y/./x", "http://a/b/c/g?y/./x"},
    {"g?y/../x", "http://a/b/c/g?y/../x"},
    {"g#s/./x", "http://a/b/c/g#s/./x"},
    {"g#s/../x", "http://a/b/c/g#s/../x"},
    {"http:g", "http:g"},
};

TEST(ResolveUrl, GivesEveryExampleOfRfc3986) {
  for (const auto& [reference, absolute] : rfc3986_examples) {
    const auto resolved = resolve_url("http://a/b/c/d;p?q", reference);
    ASSERT_TRUE(resolved) << reference;
    EXPECT_EQ(*resolved, absolute) << reference;
  }
}

TEST(ResolveUrl, NeedsAnAbsoluteBaseOrReference) {
  EXPECT_FALSE(resolve_url("catalog.ttl", "g"));
  EXPECT_EQ(*resolve_url("catalog.ttl", "https://x/y"), "https://x/y");
  EXPECT_EQ(*resolve_url("https://x", "y"), "https://x/y");
  EXPECT_EQ(*resolve_url("https://x/é/", "à"), "https://x/é/à");
}

TEST(ParseUrl, ReadsWhatPortalsWrite) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"HTTPS://Www.Example.ORG:8080/a/b?x=1#top", "https://www.example.org:8080/a/b?x=1#top"},
      {"  https://example.org/a b.csv ", "https://example.org/a%20b.csv"},
      {"https://example.org/été?q=château", "https://example.org/%C3%A9t%C3%A9?q=ch%C3%A2teau"},
      {"https://example.org?q=1", "https://example.org?q=1"},
      {"https://example.org/100%", "https://example.org/100%25"},
      {"https://example.org/%C3%A9", "https://example.org/%C3%A9"},
      {"https://example.org/a?x={y}|z", "https://example.org/a?x=%7By%7D%7Cz"},
      {"http://[2001:DB8::1]:81/x", "http://[2001:db8::1]:81/x"},
      {"http://example.org:/x", "http://example.org/x"},
      {"mailto:a@example.org", "mailto:a@example.org"},
      {"urn:uuid:1234", "urn:uuid:1234"},
      {"https://user:secret@example.org/x", "https://user:secret@example.org/x"},
      {"https://example.org/a?", "https://example.org/a?"},
  };
  for (const auto& [text, written] : cases) {
    const auto url = parse_url(text);
    ASSERT_TRUE(url) << text;
    EXPECT_EQ(url->text(), written);
    EXPECT_EQ(*parse_url(url->text()), *url) << "what we write we read back equal";
  }
}

TEST(ParseUrl, KeepsThePartsApart) {
  const auto url = *parse_url("https://user@example.org:8443/p/a?q=1#f");
  EXPECT_EQ(url.userinfo, "user");
  EXPECT_EQ(url.authority(), "example.org:8443");
  EXPECT_EQ(url.origin(), "https://example.org:8443");
  EXPECT_EQ(url.effective_port(), 8443);
  EXPECT_EQ(parse_url("https://example.org")->effective_port(), 443);
  EXPECT_EQ(parse_url("http://example.org")->effective_port(), 80);
  EXPECT_EQ(parse_url("ftp://example.org")->effective_port(), 0);
}

TEST(ParseUrl, TurnsInternationalHostsIntoAsciiOnes) {
  EXPECT_EQ(parse_url("https://données.exemple.fr/x")->host, "xn--donnes-eva.exemple.fr");
  EXPECT_EQ(parse_url("https://Bücher.example")->host, "xn--bcher-kva.example");
  EXPECT_EQ(parse_url("https://例え.jp")->host, "xn--r8jz45g.jp");
}

TEST(ParseUrl, RefusesWhatCannotBeAsked) {
  for (const auto* text :
       {"", "data.csv", "/data.csv", "//example.org/x", "http://", "http:///x", "https://example.org:99999/",
        "https://example.org:0/", "https://example.org:8x/", "http://[::1", "http://[2 \xFF:1]/", "http://[example]/",
        "http://exa\nmple.org/", "http://a/\x01"})
    EXPECT_FALSE(parse_url(text)) << text;
  EXPECT_EQ(parse_url("http://a/" + std::string(9000, 'x')).error().code, ErrorCode::too_large);
}

TEST(ParseUrl, NeverQuotesASecret) {
  const auto refused = parse_url("https://user:secret@example.org:99999/");
  ASSERT_FALSE(refused);
  EXPECT_EQ(to_string(refused.error()).find("secret"), std::string::npos);
}

TEST(IsIri, IsStrictEnoughForRdf) {
  for (const auto* text : {"http://example.org/été", "urn:x:y", "mailto:a@b", "http://a/%20"})
    EXPECT_TRUE(is_iri(text)) << text;
  for (const auto* text :
       {"", "x", "/x", "http:", "http://a b", "http://a/<x>", "http://a/{x}", "http://a/\"", "http://a/|",
        "http://a/\\", "http://a/^", "http://a/`", "http://a/\xff", "http://a/\xC2\xA0"})
    EXPECT_FALSE(is_iri(text)) << text;
}

TEST(IsWebUrl, WantsHttpAndAHost) {
  EXPECT_TRUE(is_web_url("HTTP://example.org"));
  EXPECT_TRUE(is_web_url("https://example.org/x y"));
  for (const auto* text : {"ftp://example.org", "http:x", "http://", "example.org", "javascript:alert(1)",
                           "https://:80", "https://...[a", "https://a]/"})
    EXPECT_FALSE(is_web_url(text)) << text;
}

TEST(Percent, GoesThereAndBack) {
  EXPECT_EQ(percent_encode("a/é b~"), "a%2F%C3%A9%20b~");
  EXPECT_EQ(percent_decode(percent_encode("a/é b~&=+")), "a/é b~&=+");
  EXPECT_EQ(percent_decode("a+b%20c", true), "a b c");
  EXPECT_EQ(percent_decode("a+b"), "a+b");
  EXPECT_EQ(percent_decode("100%"), "100%");
  EXPECT_EQ(percent_decode("%zz%4"), "%zz%4");
}

}  // namespace
}  // namespace moisson
