#include "core/json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace moisson::json {
namespace {

std::string written(std::string_view text) { return Writer().string(text).take(); }

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  Writer out;
  out.begin_object().field("a", "b").key("n").null().key("l").begin_array().integer(-1).unsigned_integer(2).boolean(
      false);
  out.begin_object()
      .end_object()
      .begin_array()
      .end_array()
      .raw("{\"x\":1}")
      .end_array()
      .key("z")
      .number(0.1)
      .end_object();
  EXPECT_EQ(out.text(), R"({"a":"b","n":null,"l":[-1,2,false,{},[],{"x":1}],"z":0.1})");
}

TEST(JsonWriter, EscapesWhatMayNotStandInsideAScript) {
  EXPECT_EQ(written("</script>"), R"("\u003c/script>")");
  EXPECT_EQ(written("a\xE2\x80\xA8"
                    "b\xE2\x80\xA9"),
            R"("a\u2028b\u2029")");
  EXPECT_EQ(written("\"\\\n\r\t\b\f\x01\x1f"), R"("\"\\\n\r\t\b\f\u0001\u001f")");
  EXPECT_EQ(written("été 😀 œuvre"), "\"été 😀 œuvre\"");
}

TEST(JsonWriter, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(written("caf\xe9!"), "\"caf\xEF\xBF\xBD!\"");
  EXPECT_EQ(written("\xE2\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\"");
  EXPECT_TRUE(Document::parse(written("\xff\xfe\xed\xa0\x80")));
}

TEST(JsonWriter, WritesTheShortestNumberThatReadsBackEqual) {
  for (const double value : {0.1, 1.0 / 3, 1e300, 5e-324, -2.5, 123456789.0, 48.8566}) {
    const auto text = Writer().number(value).take();
    EXPECT_EQ(Document::parse(text)->root().number(), value) << text;
  }
  EXPECT_EQ(Writer().number(0.1).take(), "0.1");
  EXPECT_EQ(Writer().number(NAN).take(), "null");
  EXPECT_EQ(Writer().number(std::numeric_limits<double>::infinity()).take(), "null");
  EXPECT_EQ(Writer().integer(std::numeric_limits<std::int64_t>::min()).take(), "-9223372036854775808");
  EXPECT_EQ(Writer().unsigned_integer(std::numeric_limits<std::uint64_t>::max()).take(), "18446744073709551615");
}

}  // namespace
}  // namespace moisson::json
