#include "api/source_body.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace moisson::api {
namespace {

using harvest::SourceEdit;

constexpr std::array<std::pair<std::string_view, std::optional<std::string> SourceEdit::*>, 10> texts{{
    {"title", &SourceEdit::title},
    {"kind", &SourceEdit::kind},
    {"url", &SourceEdit::url},
    {"schedule", &SourceEdit::schedule},
    {"timezone", &SourceEdit::timezone},
    {"language", &SourceEdit::language},
    {"territory", &SourceEdit::territory},
    {"window", &SourceEdit::window},
    {"blackout", &SourceEdit::blackout},
    {"comment", &SourceEdit::comment},
}};

Error wrong(std::string field, std::string message) {
  return Error{ErrorCode::invalid_input, std::move(message), std::move(field), ""};
}

Result<std::string> option_value(json::View value, const std::string& field) {
  if (!value.is(json::Kind::array)) {
    const bool plain = value.is(json::Kind::string) || value.is(json::Kind::number) || value.is(json::Kind::boolean);
    if (!plain) return wrong(field, "an option is a text or a list of texts");
    return value.text();
  }
  std::string joined;
  for (const json::View item : value.items()) {
    const auto text = item.string();
    if (!text || text->find('\n') != std::string_view::npos) return wrong(field, "each item is a text of one line");
    joined.append(joined.empty() ? "" : "\n").append(*text);
  }
  return joined;
}

Result<void> read_member(std::string_view name, json::View value, SourceEdit& edit) {
  for (const auto& [known, member] : texts) {
    if (name != known) continue;
    const auto text = value.string();
    if (!text) return wrong(std::string(name), "this is a text");
    edit.*member = std::string(*text);
    return {};
  }
  if (name == "grace_h") {
    const auto hours = value.integer();
    if (!hours) return wrong("grace_h", "this is a whole number of hours");
    edit.grace = std::chrono::hours(std::clamp<std::int64_t>(*hours, -1, 1'000'000));
    return {};
  }
  if (name == "state") {
    edit.state = harvest::source_state(value.string().value_or(""));
    if (!edit.state) return wrong("state", "a state is draft, submitted, declined, active, paused or retired");
    return {};
  }
  const bool options = name == "options";
  if (!options && name != "secrets") return wrong(std::string(name), "a source has no such member");
  if (!value.is(json::Kind::object)) return wrong(std::string(name), "this is an object of names and values");
  if (options) edit.options.emplace();
  for (std::size_t i = 0; i < value.size(); ++i) {
    const std::string key(value.key(i)), field = std::string(name) + "." + key;
    auto text = options ? option_value(value.member(i), field)
                : value.member(i).string()
                    ? Result<std::string>(std::string(*value.member(i).string()))
                    : Result<std::string>(wrong(field, "a secret is a text; an empty one is forgotten"));
    if (!text) return text.error();
    (options ? *edit.options : edit.secrets)[key] = std::move(*text);
  }
  return {};
}

}  // namespace

Result<SourceEdit> read_source_edit(json::View body) {
  if (!body.is(json::Kind::object)) return wrong("", "the body is a JSON object");
  SourceEdit edit;
  for (std::size_t i = 0; i < body.size(); ++i) {
    if (body.key(i) == "id") continue;  // the address, or the caller, names it
    if (auto read = read_member(body.key(i), body.member(i), edit); !read) return read.error();
  }
  return edit;
}

}  // namespace moisson::api
