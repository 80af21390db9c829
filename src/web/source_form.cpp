#include "web/source_form.h"

#include "core/text.h"

#include <algorithm>
#include <charconv>

namespace moisson::web {
namespace {

using harvest::HarvestSource;
using harvest::SourceEdit;

// A field of every source. `type` is the input's (HTML §4.10.5).
struct Field {
  std::string_view name, type;
  std::optional<std::string> SourceEdit::*edit;
  std::string HarvestSource::*value;
  bool required = false;
};

constexpr Field fields[] = {
    {"title", "text", &SourceEdit::title, &HarvestSource::title, true},
    {"url", "url", &SourceEdit::url, &HarvestSource::url, true},
    {"schedule", "text", &SourceEdit::schedule, &HarvestSource::schedule, true},
    {"timezone", "text", &SourceEdit::timezone, &HarvestSource::timezone, true},
    {"window", "text", &SourceEdit::window, &HarvestSource::window},
    {"blackout", "text", &SourceEdit::blackout, &HarvestSource::blackout},
    {"language", "text", &SourceEdit::language, &HarvestSource::language},
    {"territory", "text", &SourceEdit::territory, &HarvestSource::territory},
};
constexpr std::string_view grace = "grace_h";

std::string option_name(std::string_view name) { return "options." + std::string(name); }
std::string secret_name(std::string_view name) { return "secrets." + std::string(name); }
std::string forget_name(std::string_view name) { return "forget." + std::string(name); }

// Lines as a browser sends them (HTML §4.10.21.4 ends them with CR LF), without empty ones.
std::string lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (const std::string_view line = trim(text.substr(0, end)); !line.empty())
      out.append(out.empty() ? "" : "\n").append(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

}  // namespace

SourceEdit read_source_form(const http::Parameters& sent, const harvest::Harvester& kind) {
  SourceEdit edit;
  edit.kind = std::string(kind.kind());
  for (const Field& field : fields) edit.*field.edit = std::string(trim(http::first(sent, field.name)));
  const std::string_view hours = trim(http::first(sent, grace));
  std::int64_t number = hours.empty() ? 0 : -1;  // what is no number is refused as a negative one is
  std::from_chars(hours.data(), hours.data() + hours.size(), number);
  edit.grace = std::chrono::hours(std::clamp<std::int64_t>(number, -1, 1'000'000));
  edit.options.emplace();
  for (const auto& option : kind.options()) {
    if (option.secret) {
      const std::string_view value = http::first(sent, secret_name(option.name));
      const bool forget = !http::first(sent, forget_name(option.name)).empty();
      if (forget || !value.empty())
        edit.secrets[std::string(option.name)] = forget ? std::string() : std::string(value);
    } else if (std::string value = lines(http::first(sent, option_name(option.name))); !value.empty()) {
      (*edit.options)[std::string(option.name)] = std::move(value);
    }
  }
  return edit;
}

http::Parameters source_parameters(const HarvestSource& source) {
  http::Parameters out{{"id", source.id}, {"kind", source.kind}};
  for (const Field& field : fields) out.emplace_back(field.name, source.*field.value);
  out.emplace_back(grace, std::to_string(source.grace.count()));
  for (const auto& [name, value] : source.options) out.emplace_back(option_name(name), value);
  return out;
}

bool show_source_form(const Words& words, const harvest::Harvester& kind, const http::Parameters& values,
                      const std::vector<std::string>& kept, const Error* wrong, Model& model) {
  bool told = false;
  const auto add = [&](std::string name, std::string label, std::string hint, std::string_view widget) -> Model& {
    Model& field = model.add("FIELD");
    field.set("NAME", name).set("LABEL", std::move(label)).set("VALUE", std::string(http::first(values, name)));
    field.maybe("HINT", std::move(hint)).show(widget);
    if (wrong != nullptr && wrong->where == name) {
      told = true;
      field.add("FAULTY").set("MESSAGE", std::string(words.or_else("form.wrong." + name, wrong->message)));
    }
    return field;
  };
  for (const Field& field : fields) {
    const std::string key = "form." + std::string(field.name);
    add(std::string(field.name), std::string(words(key)), std::string(words.or_else(key + ".hint", {})), "LINE")
        .set("TYPE", std::string(field.type))
        .show_if(field.required, "REQUIRED");
  }
  add(std::string(grace), std::string(words("form.grace_h")), std::string(words("form.grace_h.hint")), "LINE")
      .set("TYPE", "number");
  for (const auto& option : kind.options()) {
    const std::string key = "option." + std::string(kind.kind()) + "." + std::string(option.name);
    const std::string label(words.or_else(key, option.name)), hint(words.or_else(key + ".hint", option.documentation));
    if (option.secret) {
      Model& field = add(secret_name(option.name), label, hint, "SECRET");
      if (std::find(kept.begin(), kept.end(), option.name) != kept.end())
        field.add("KEPT").set("FORGET", forget_name(option.name));
    } else {
      add(option_name(option.name), label, hint, option.list ? "LINES" : "LINE").set("TYPE", "text");
    }
  }
  return told;
}

}  // namespace moisson::web
