#include "harvest/source_edit.h"

#include "core/text.h"
#include "core/url.h"
#include "dcat/territory.h"
#include "harvest/hours.h"
#include "harvest/schedule.h"

#include <moisson/core/lang_string.h>

#include <algorithm>
#include <string>
#include <utility>

namespace moisson::harvest {
namespace {

constexpr std::size_t max_title = 200;  // bytes
constexpr std::size_t max_address = 2'000;
constexpr std::size_t max_comment = 2'000;
constexpr std::size_t max_option = 20'000;
constexpr std::size_t max_secret = 4'096;
constexpr std::chrono::hours max_grace{24 * 366};

constexpr std::pair<SourceState, SourceState> steps[] = {
    {SourceState::draft, SourceState::submitted},  {SourceState::submitted, SourceState::draft},
    {SourceState::submitted, SourceState::active}, {SourceState::submitted, SourceState::declined},
    {SourceState::declined, SourceState::draft},   {SourceState::declined, SourceState::submitted},
    {SourceState::active, SourceState::paused},    {SourceState::paused, SourceState::active},
    {SourceState::draft, SourceState::retired},    {SourceState::submitted, SourceState::retired},
    {SourceState::declined, SourceState::retired}, {SourceState::active, SourceState::retired},
    {SourceState::paused, SourceState::retired},   {SourceState::retired, SourceState::draft},
};

Error wrong(std::string_view field, std::string message, std::string hint = {}) {
  return Error{ErrorCode::invalid_input, std::move(message), std::string(field), std::move(hint)};
}

Result<void> check_id(std::string_view id) {
  const bool right = id.size() >= 2 && id.size() <= 60 && std::all_of(id.begin(), id.end(), [](char c) {
                       return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
                     });
  if (!right) return wrong("id", "an id is 2 to 60 of a-z, 0-9 and -");
  return {};
}

Result<void> check_address(const std::string& text) {
  if (text.size() > max_address) return wrong("url", "an address is at most 2,000 bytes");
  const auto url = parse_url(text);
  if (!url || !is_web_url(text)) return wrong("url", "the address is not http or https");
  if (!url->userinfo.empty())
    return wrong("url", "an address holds no user name or password", "give the portal's API key as a secret");
  return {};
}

const OptionDescription* described(const Harvester& harvester, std::string_view name) {
  const auto options = harvester.options();
  const auto found =
      std::find_if(options.begin(), options.end(), [&](const auto& option) { return option.name == name; });
  return found == options.end() ? nullptr : &*found;
}

Result<void> check_options(const HarvestSource& source, const SourceEdit& edit, const Harvester& harvester) {
  for (const auto& [name, value] : source.options) {
    const OptionDescription* option = described(harvester, name);
    const std::string field = "options." + name;
    if (option == nullptr) return wrong(field, "the kind " + source.kind + " has no such option");
    if (option->secret) return wrong(field, "this option is a secret", "give it under secrets");
    if (value.size() > max_option) return wrong(field, "an option is at most 20,000 bytes");
  }
  for (const auto& [name, value] : edit.secrets) {
    const OptionDescription* option = described(harvester, name);
    const std::string field = "secrets." + name;
    if (option == nullptr || !option->secret) return wrong(field, "the kind " + source.kind + " has no such secret");
    if (value.size() > max_secret) return wrong(field, "a secret is at most 4,096 bytes");
    if (value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
      return wrong(field, "a secret is one line");
  }
  return {};
}

// Errors of what only says its own fault, told of its field.
Result<void> of_field(std::string_view field, Error error) {
  error.where = field;
  return error;
}

Result<void> check(const HarvestSource& source, const SourceEdit& edit, const HarvesterLookup& find) {
  if (const auto id = check_id(source.id); !id) return id;
  if (trim(source.title).empty() || source.title.size() > max_title) return wrong("title", "a title is 1 to 200 bytes");
  if (const auto address = check_address(source.url); !address) return address;
  if (const auto zone = check_schedule("daily", source.timezone); !zone) return of_field("timezone", zone.error());
  if (const auto schedule = check_schedule(source.schedule, source.timezone); !schedule)
    return of_field("schedule", schedule.error());
  for (const auto& [field, text] : {std::pair("window", &source.window), std::pair("blackout", &source.blackout)})
    if (const auto hours = Hours::parse(*text); !hours) return of_field(field, hours.error());
  const Opening openings[] = {{*Hours::parse(source.window), source.timezone, false},
                              {*Hours::parse(source.blackout), source.timezone, true}};
  if (const auto open = first_open({}, openings); !open) return open.error();
  if (!source.language.empty() && language_tag(source.language).empty())
    return wrong("language", "the language is no BCP 47 tag");
  if (!source.territory.empty() && dcat::territory(source.territory) == nullptr)
    return wrong("territory", "the territory is none that is known", "country:fr, fr:region:93, fr:departement:13 …");
  if (source.grace < std::chrono::hours(0) || source.grace > max_grace)
    return wrong("grace_h", "a grace period is 0 to 8,784 hours");
  if (source.comment.size() > max_comment) return wrong("comment", "a comment is at most 2,000 bytes");
  const Harvester* harvester = find(source.kind);
  if (harvester == nullptr) return wrong("kind", "there is no kind \"" + std::string(cut(source.kind, 60)) + "\"");
  return check_options(source, edit, *harvester);
}

template <class Value>
void put(Value& value, const std::optional<Value>& edit) {
  if (edit) value = *edit;
}

}  // namespace

Result<void> check_step(SourceState from, SourceState to, std::string_view comment) {
  if (from == to) return {};
  if (std::find(std::begin(steps), std::end(steps), std::pair(from, to)) == std::end(steps))
    return Error{ErrorCode::conflict,
                 "a source that is " + std::string(to_string(from)) + " does not become " + std::string(to_string(to)),
                 "state", ""};
  if (to == SourceState::declined && trim(comment).empty())
    return wrong("comment", "a source is declined with a comment", "say what its operator should mend");
  return {};
}

Result<HarvestSource> edited(const HarvestSource& before, const SourceEdit& edit, const HarvesterLookup& find) {
  HarvestSource source = before;
  const bool other_kind = edit.kind && *edit.kind != before.kind;
  put(source.title, edit.title);
  put(source.kind, edit.kind);
  put(source.url, edit.url);
  put(source.schedule, edit.schedule);
  put(source.timezone, edit.timezone);
  put(source.language, edit.language);
  put(source.territory, edit.territory);
  put(source.window, edit.window);
  put(source.blackout, edit.blackout);
  put(source.grace, edit.grace);
  if (other_kind) source.options.clear();
  put(source.options, edit.options);
  if (edit.state) {
    if (const auto step = check_step(before.state, *edit.state, edit.comment.value_or("")); !step) return step.error();
    // What was said of an earlier decision does not outlive it.
    if (*edit.state != before.state) source.comment.clear();
    source.state = *edit.state;
  }
  put(source.comment, edit.comment);
  if (const auto checked = check(source, edit, find); !checked) return checked.error();
  return source;
}

}  // namespace moisson::harvest
