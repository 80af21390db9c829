#include "core/redaction.h"

#include "core/base64.h"
#include "core/hash.h"
#include "core/url.h"

#include <gtest/gtest.h>

namespace moisson {
namespace {

const std::string secret = "k\"/y+of <the> pörtal";

TEST(Redaction, KnowsASecretInTheFormsThatProgramsWrite) {
  const Redaction redaction({secret});
  for (const std::string& form :
       {secret, percent_encode(secret), base64(secret), base64url(secret), std::string("k\\\"/y+of <the> pörtal"),
        std::string("k\\\"\\/y+of <the> pörtal"), std::string("k%22%2fy%2bof%20%3cthe%3e%20p%c3%b6rtal"),
        std::string("k&quot;/y+of &lt;the&gt; pörtal"), std::string(R"(k\\\"/y+of <the> pörtal)"), hex(secret)})
    EXPECT_EQ(redaction.of("said " + form + " twice: " + form + ".").find(form), std::string::npos) << form;
  EXPECT_EQ(redaction.of("said " + secret + "!"), "said •••!");
  EXPECT_EQ(redaction.of("of the portal"), "of the portal");
}

TEST(Redaction, TakesTheBeginningOfASecretFromTheEndOfATextThatWasCut) {
  const Redaction redaction({"abcdefghijklmnop"});
  EXPECT_EQ(redaction.of("no such key: abcdefghijk…"), "no such key: •••…");
  EXPECT_EQ(redaction.of("no such key: abcdefghijk"), "no such key: •••");
  EXPECT_EQ(redaction.of("abcdefghijk is no key"), "abcdefghijk is no key");
  EXPECT_EQ(redaction.of("abcdefg"), "abcdefg") << "too short to say";
}

TEST(Redaction, LeavesWordsThatAreTooShortToBeTold) {
  const Redaction redaction({"2024", ""});
  EXPECT_TRUE(redaction.empty());
  EXPECT_EQ(redaction.of("2024-05-01"), "2024-05-01");
}

TEST(Redaction, FindsASecretWhereverAStreamIsCut) {
  const Redaction redaction({"0123456789abcdef"});
  const std::string text = "<0123456789abcdef><0123456789abcdef> and what follows is long enough to be passed on";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Redaction::Stream stream(redaction);
    std::string out = stream.pass(std::string_view(text).substr(0, cut));
    out += stream.pass(std::string_view(text).substr(cut));
    out += stream.rest();
    EXPECT_EQ(out, "<•••><•••> and what follows is long enough to be passed on") << cut;
  }
}

}  // namespace
}  // namespace moisson
