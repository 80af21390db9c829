// Redaction: takes secrets out of what somebody else says, in the forms in which programs write them down: as they are,
// percent-encoded, escaped for JSON or HTML, in base64 or hex, and each of these in JSON. Each becomes "•••". Secrets
// shorter than 8 bytes are left: ordinary text holds such words too. Immutable.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace moisson {

class Redaction {
 public:
  explicit Redaction(const std::vector<std::string>& secrets);

  bool empty() const { return forms_.empty(); }

  // A text that may have been cut within a secret: an end that begins one goes too.
  std::string of(std::string text) const;

  // A text that comes in pieces; a secret may lie across two. Keeps back fewer bytes than the longest form has.
  class Stream {
   public:
    explicit Stream(const Redaction& redaction) : redaction_(&redaction) {}  // which outlives it
    std::string pass(std::string_view piece);
    std::string rest();

   private:
    const Redaction* redaction_;
    std::string kept_;
  };

 private:
  void replace(std::string& text) const;
  std::vector<std::string> forms_;  // the longest first
};

}  // namespace moisson
