#include "api/ckan_query.h"

#include "api/ckan_date.h"
#include "api/ckan_field.h"
#include "core/text.h"

#include <optional>
#include <utility>
#include <vector>

namespace moisson::api::ckan {
namespace {

using search::Condition;

bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

Condition joined(Condition::Kind kind, std::vector<Condition> parts) {
  if (parts.size() == 1) return std::move(parts.front());
  Condition condition;
  condition.kind = kind;
  condition.parts = std::move(parts);
  return condition;
}

// Reads once from left to right; the first failure is kept, and ends it.
class Reader {
 public:
  Reader(std::string_view text, Instant now) : in_(text), now_(now) {}

  Outcome<Query> read() {
    Query query;
    query.condition = expression("text", 0);
    if (!failure_ && at_ < in_.size()) fail("unbalanced parenthesis");
    if (failure_) return *failure_;
    query.words = std::move(words_);
    return query;
  }

 private:
  using Parts = std::vector<Condition>;

  void fail(std::string_view why) {
    if (!failure_) failure_ = search_error("cannot parse '" + std::string(cut(in_, 200)) + "': " + std::string(why));
    at_ = in_.size();
  }

  void skip_blanks() {
    while (at_ < in_.size() && is_blank(in_[at_])) ++at_;
  }

  bool take(std::string_view sign) {
    skip_blanks();
    if (!in_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }

  // An operator spelled as a word, which ends where a word does.
  bool take_word(std::string_view word) {
    skip_blanks();
    const auto rest = in_.substr(at_);
    if (!rest.starts_with(word)) return false;
    if (rest.size() > word.size() && !is_blank(rest[word.size()]) && rest[word.size()] != '(') return false;
    at_ += word.size();
    return true;
  }

  bool at_end() {
    skip_blanks();
    return at_ >= in_.size() || in_[at_] == ')';
  }

  Condition expression(std::string_view field, std::size_t depth) {
    if (depth > search::deepest_condition / 4) fail("nested too deep");
    Parts parts;
    while (!failure_ && !at_end()) parts.push_back(alternatives(field, depth));
    return joined(Condition::Kind::all, std::move(parts));
  }

  Condition alternatives(std::string_view field, std::size_t depth) {
    Parts parts;
    do parts.push_back(conjunction(field, depth));
    while (!failure_ && (take_word("OR") || take("||")));
    return joined(Condition::Kind::any, std::move(parts));
  }

  Condition conjunction(std::string_view field, std::size_t depth) {
    Parts parts;
    do parts.push_back(unary(field, depth));
    while (!failure_ && (take_word("AND") || take("&&")));
    return joined(Condition::Kind::all, std::move(parts));
  }

  Condition unary(std::string_view field, std::size_t depth) {
    bool negative = false;
    for (;;) {
      if (take_word("NOT") || take("!") || take("-"))
        negative = !negative;
      else if (!take("+"))
        break;
    }
    if (at_end() || take_word("OR") || take_word("AND") || take("||") || take("&&")) {
      fail("an operator lacks a side");
      return {};
    }
    excluding_ += negative ? 1 : 0;
    auto condition = primary(field, depth);
    excluding_ -= negative ? 1 : 0;
    return negative ? negated(std::move(condition)) : condition;
  }

  Condition primary(std::string_view field, std::size_t depth) {
    if (take("(")) return group(field, depth);
    if (take("*:*")) return everything();
    if (take(":")) {
      fail("a field lacks its name");
      return {};
    }
    if (const auto name = field_name()) {
      skip_blanks();
      if (at_end()) {
        fail("a field lacks its value");
        return {};
      }
      if (take("(")) return group(*name, depth);
      return term(*name);
    }
    return term(field);
  }

  Condition group(std::string_view field, std::size_t depth) {
    auto condition = expression(field, depth + 1);
    if (!failure_ && !take(")")) fail("unbalanced parenthesis");
    return condition;
  }

  // "name:" ahead, passed; letters, digits, '_', '-' and '.' make a name.
  std::optional<std::string_view> field_name() {
    skip_blanks();
    auto end = at_;
    const auto in_name = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
             c == '.';
    };
    while (end < in_.size() && in_name(in_[end])) ++end;
    if (end == at_ || end >= in_.size() || in_[end] != ':') return std::nullopt;
    const auto name = in_.substr(at_, end - at_);
    at_ = end + 1;
    return name;
  }

  Condition term(std::string_view field) {
    if (++terms_ > search::most_conditions / 4) {
      fail("more than 128 terms");
      return {};
    }
    Condition condition;
    if (in_[at_] == '"')
      condition = phrase(field);
    else if (in_[at_] == '[' || in_[at_] == '{')
      condition = range(field);
    else
      condition = word(field);
    if (at_ < in_.size() && (in_[at_] == '~' || in_[at_] == '^'))
      for (++at_; at_ < in_.size() && ((in_[at_] >= '0' && in_[at_] <= '9') || in_[at_] == '.');) ++at_;
    return condition;
  }

  Condition phrase(std::string_view field) {
    std::string text;
    for (++at_; at_ < in_.size() && in_[at_] != '"'; ++at_) {
      if (in_[at_] == '\\' && at_ + 1 < in_.size()) ++at_;
      text += in_[at_];
    }
    if (at_ >= in_.size()) {
      fail("an unclosed quotation mark");
      return {};
    }
    ++at_;
    return asked(field, text, false);
  }

  Condition word(std::string_view field) {
    std::string text;
    bool wildcard = false;
    for (; at_ < in_.size(); ++at_) {
      const char c = in_[at_];
      if (is_blank(c) || c == '(' || c == ')' || c == '"' || c == '~' || c == '^') break;
      if (c == '\\' && at_ + 1 < in_.size())
        ++at_;
      else
        wildcard = wildcard || c == '*' || c == '?';
      text += in_[at_];
    }
    if (text.empty()) {
      fail("a term is missing");
      return {};
    }
    return asked(field, text, wildcard);
  }

  Condition asked(std::string_view field, std::string_view text, bool wildcard) {
    if (excluding_ == 0 && (field == "text" || field == "title" || field == "notes"))
      for (const auto& each : words(text, 32)) words_.append(words_.empty() ? "" : " ").append(each.folded);
    if (const auto kind = date_field(field); kind && !wildcard) {
      const auto instant = parse_date_math(text, now_);
      if (!instant) {
        fail(instant.error().message);
        return {};
      }
      return dated(*kind, {*instant, *instant});
    }
    return condition_of(field, text, wildcard);
  }

  static std::optional<Condition::Kind> date_field(std::string_view field) {
    if (field == "metadata_modified") return Condition::Kind::changed;
    if (field == "metadata_created") return Condition::Kind::first_seen;
    if (field == "modified" || field == "extras_modified") return Condition::Kind::modified;
    return std::nullopt;
  }

  static Condition dated(Condition::Kind kind, search::DateRange range) {
    Condition condition;
    condition.kind = kind;
    condition.range = range;
    return condition;
  }

  std::string_view bound() {
    skip_blanks();
    const auto begin = at_;
    while (at_ < in_.size() && !is_blank(in_[at_]) && in_[at_] != ']' && in_[at_] != '}') ++at_;
    auto text = in_.substr(begin, at_ - begin);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    return text;
  }

  Condition range(std::string_view field) {
    const bool from_included = in_[at_++] == '[';
    const auto from = bound();
    if (!take_word("TO")) {
      fail("a range lacks its TO");
      return {};
    }
    const auto to = bound();
    skip_blanks();
    if (from.empty() || to.empty() || at_ >= in_.size()) {
      fail("a range lacks an end");
      return {};
    }
    const bool to_included = in_[at_++] == ']';
    const auto kind = date_field(field);
    if (!kind) {
      if (from == "*" && to == "*") return condition_of(field, "*", true);
      fail("only dates have ranges");
      return {};
    }
    search::DateRange range;
    if (from != "*") range.from = instant_of(from);
    if (to != "*") range.to = instant_of(to);
    if (range.from && !from_included) *range.from += std::chrono::milliseconds(1);
    if (range.to && !to_included) *range.to -= std::chrono::milliseconds(1);
    return dated(*kind, range);
  }

  Instant instant_of(std::string_view text) {
    const auto instant = parse_date_math(text, now_);
    if (instant) return *instant;
    fail(instant.error().message);
    return now_;
  }

  std::string_view in_;
  Instant now_;
  std::size_t at_ = 0;
  std::size_t terms_ = 0;
  int excluding_ = 0;
  std::string words_;
  std::optional<Failure> failure_;
};

}  // namespace

Outcome<Query> parse_query(std::string_view text, Instant now) {
  if (text.size() > most_query_bytes) return search_error("the query exceeds 16384 bytes");
  if (text.find("{!") != std::string_view::npos) return search_error("Local parameters are not supported.");
  return Reader(text, now).read();
}

}  // namespace moisson::api::ckan
