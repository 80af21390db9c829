#include "app/configuration.h"

#include "app/configuration_check.h"
#include "core/text.h"

#include <moisson/core/lang_string.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <fstream>
#include <map>
#include <optional>
#include <set>

// toml++ 3.3.0 asserts that a header's name starts well ("[é]", "[[[") before it reports that very mistake: input must
// not end us.
#define TOML_ASSERT(expression) static_cast<void>(0)
#include <toml++/toml.h>

namespace moisson::app {
namespace {

constexpr ConfigurationKey keys[] = {
    {"catalog", "title"},
    {"catalog", "base_url"},
    {"catalog", "data_dir"},
    {"catalog", "language"},
    {"catalog", "contact"},
    {"server", "listen"},
    {"server", "workers"},
    {"server", "trusted_proxies"},
    {"server", "requests_per_minute"},
    {"server", "requests_per_minute_with_key"},
    {"theme", "neutral_hue"},
    {"theme", "accent_hue"},
    {"theme", "accent_chroma"},
    {"theme", "radius"},
    {"theme", "title_font"},
    {"harvest", "parallel_sources"},
    {"harvest", "user_agent"},
    {"harvest", "timeout_s"},
    {"harvest", "allow_networks"},
    {"harvest", "max_removed_share"},
    {"harvest", "min_removed_held"},
    {"harvest", "grace_h"},
    {"harvest", "report_days"},
    {"auth", "issuer"},
    {"auth", "client_id"},
    {"auth", "client_secret_file"},
    {"auth", "newcomers"},
    {"auth", "allow_networks"},
    {"mail", "server"},
    {"mail", "sender"},
    {"mail", "user"},
    {"mail", "password_file"},
    {"source", "id"},
    {"source", "title"},
    {"source", "kind"},
    {"source", "url"},
    {"source", "schedule"},
    {"source", "timezone"},
    {"source", "language"},
    {"source", "territory"},
    {"source", "window"},
    {"source", "blackout"},
    {"source", "grace_h"},
};

std::vector<std::string_view> keys_of(std::string_view table) {
  std::vector<std::string_view> names;
  for (const auto& key : keys)
    if (key.table == table) names.push_back(key.name);
  return names;
}

// Names under which people write a secret itself, where a file's name belongs.
bool names_a_secret(std::string_view key) {
  static const std::set<std::string_view> names = {"api_key",      "apikey",    "api-key",      "key",
                                                   "token",        "secret",    "password",     "authorization",
                                                   "access_token", "api_token", "client_secret"};
  return names.contains(lower_ascii(key));
}

std::string shortest(double number) {
  std::array<char, 32> text;
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), number).ptr};
}

using Place = toml::source_position;

// The mistakes of one file. They are found table by table, and told in the order of the file.
class Mistakes {
 public:
  explicit Mistakes(const std::filesystem::path& file) : file_(file.string()) {}

  void add(Place place, std::string message, std::string hint = {}) {
    found_.emplace_back(place, Error{ErrorCode::invalid_input, std::move(message), where(place), std::move(hint)});
  }

  std::vector<Error> in_order() {
    std::stable_sort(found_.begin(), found_.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.line, a.first.column) < std::pair(b.first.line, b.first.column);
    });
    std::vector<Error> errors;
    for (auto& [place, error] : found_) errors.push_back(std::move(error));
    return errors;
  }

 private:
  std::string where(Place place) const {
    return file_ + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
  }

  std::string file_;
  std::vector<std::pair<Place, Error>> found_;
};

std::string_view name_of(toml::node_type type) {
  switch (type) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    default:
      return "a date or time";
  }
}

// One table of the file: gives its values by name, and tells what is wrong with them.
class Section {
 public:
  using Check = std::function<Result<void>(std::string_view)>;

  Section(const toml::table& table, std::string_view name, Mistakes& mistakes)
      : table_(table), name_(name), mistakes_(mistakes) {}

  Place begin() const { return table_.source().begin; }
  Place place(std::string_view key) const {
    const auto* node = table_.get(key);
    return node ? node->source().begin : begin();
  }
  void wrong(std::string_view key, std::string message, std::string hint = {}) const {
    mistakes_.add(place(key), std::string(key) + " " + std::move(message), std::move(hint));
  }

  std::optional<std::string> text(std::string_view key, const Check& check = {}) const {
    const auto* node = table_.get(key);
    if (!node) return std::nullopt;
    const auto value = node->value_exact<std::string>();
    if (!value) return wrong_type(key, *node, "a text");
    return checked(key, *value, check) ? value : std::nullopt;
  }

  std::optional<std::string> needed_text(std::string_view key, const Check& check = {}) const {
    if (!table_.get(key)) mistakes_.add(begin(), "[[" + std::string(name_) + "]] needs " + std::string(key));
    return text(key, check);
  }

  template <class Number>
  void whole(std::string_view key, Number least, Number most, Number& out) const {
    const auto* node = table_.get(key);
    if (!node) return;
    const auto value = node->value_exact<std::int64_t>();
    if (!value) return void(wrong_type(key, *node, "a whole number"));
    if (*value < static_cast<std::int64_t>(least) || *value > static_cast<std::int64_t>(most))
      return wrong(key, "must be from " + std::to_string(least) + " to " + std::to_string(most));
    out = static_cast<Number>(*value);
  }

  void flag(std::string_view key, bool& out) const {
    const auto* node = table_.get(key);
    if (!node) return;
    if (const auto value = node->value_exact<bool>())
      out = *value;
    else
      wrong_type(key, *node, "true or false");
  }

  void share(std::string_view key, double& out) const {
    if (const auto value = number(key); value && !(*value >= 0 && *value <= 1))
      wrong(key, "must be a share from 0 to 1", "0.2 is one fifth");
    else
      out = value.value_or(out);
  }

  void up_to(std::string_view key, double most, double& out) const {
    if (const auto value = number(key); value && !(*value >= 0 && *value <= most))
      wrong(key, "must be from 0 to " + shortest(most));
    else
      out = value.value_or(out);
  }

  std::vector<std::string> list(std::string_view key, const Check& check = {}) const {
    std::vector<std::string> values;
    const auto* node = table_.get(key);
    if (!node) return values;
    const auto* array = node->as_array();
    if (!array) {
      wrong_type(key, *node, "an array of texts", "write " + std::string(key) + " = [\"…\"]");
      return values;
    }
    for (const auto& item : *array) {
      const auto value = item.value_exact<std::string>();
      if (!value) {
        mistakes_.add(item.source().begin,
                      "each item of " + std::string(key) + " must be a text, not " + std::string(name_of(item.type())));
        continue;
      }
      const auto verdict = check ? check(*value) : Result<void>{};
      if (verdict)
        values.push_back(*value);
      else
        mistakes_.add(item.source().begin, std::string(key) + ": " + verdict.error().message, verdict.error().hint);
    }
    return values;
  }

  // An option of a kind: kept as text, whatever plain type it was written in.
  std::optional<std::string> plain(std::string_view key) const {
    const auto* node = table_.get(key);
    if (!node) return std::nullopt;
    if (const auto number = node->value_exact<std::int64_t>()) return std::to_string(*number);
    if (const auto flag = node->value_exact<bool>()) return *flag ? "true" : "false";
    return text(key);
  }

  void refuse_unknown(const std::vector<std::string_view>& known) const {
    for (const auto& [key, node] : table_) {
      const std::string_view name = key.str();
      if (std::find(known.begin(), known.end(), name) != known.end()) continue;
      mistakes_.add(key.source().begin, "unknown key " + std::string(name) + " in [" + std::string(name_) + "]",
                    hint_for(name, known));
    }
  }

 private:
  std::optional<double> number(std::string_view key) const {
    const auto* node = table_.get(key);
    if (!node) return std::nullopt;
    const auto value = node->is_number() ? node->value<double>() : std::nullopt;
    return value ? value : wrong_type(key, *node, "a number");
  }

  // Which key names the file, where one does.
  static std::string secret_hint(const std::vector<std::string_view>& known) {
    const auto file =
        std::find_if(known.begin(), known.end(), [](std::string_view key) { return key.ends_with("_file"); });
    return "a secret never stands here: put it into a file and name that with " +
           std::string(file == known.end() ? "api_key_file" : *file);
  }

  static std::string hint_for(std::string_view name, const std::vector<std::string_view>& known) {
    if (names_a_secret(name)) return secret_hint(known);
    const auto near = nearest(name, known);
    return near.empty() ? std::string{} : "did you mean " + std::string(near) + "?";
  }

  bool checked(std::string_view key, std::string_view value, const Check& check) const {
    const auto verdict = check ? check(value) : Result<void>{};
    if (!verdict) wrong(key, verdict.error().message, verdict.error().hint);
    return verdict.has_value();
  }

  std::nullopt_t wrong_type(std::string_view key, const toml::node& node, std::string_view wanted,
                            std::string hint = {}) const {
    wrong(key, "must be " + std::string(wanted) + ", not " + std::string(name_of(node.type())), std::move(hint));
    return std::nullopt;
  }

  const toml::table& table_;
  std::string_view name_;
  Mistakes& mistakes_;
};

// Turns one document into a Configuration.
class ConfigurationReader {
 public:
  ConfigurationReader(const std::filesystem::path& file, const ConfigurationRules& rules, Mistakes& mistakes)
      : directory_(file.parent_path()), rules_(rules), mistakes_(mistakes) {}

  Configuration read(const toml::table& document) {
    Section root(document, "the file", mistakes_);
    root.refuse_unknown({"catalog", "server", "theme", "harvest", "auth", "mail", "source"});
    with_table(document, "catalog", [&](const Section& section) { read_catalog(section); });
    with_table(document, "server", [&](const Section& section) { read_server(section); });
    with_table(document, "theme", [&](const Section& section) { read_theme(section); });
    with_table(document, "harvest", [&](const Section& section) { read_harvest(section); });
    with_table(document, "auth", [&](const Section& section) { read_auth(section); });
    with_table(document, "mail", [&](const Section& section) { read_mail(section); });
    configuration_.catalog.data_dir = beside(configuration_.catalog.data_dir);
    read_sources(document);
    return std::move(configuration_);
  }

 private:
  template <class Read>
  void with_table(const toml::table& document, std::string_view name, Read read) {
    const auto* node = document.get(name);
    if (!node) return;
    const auto* table = node->as_table();
    if (!table)
      return mistakes_.add(node->source().begin, std::string(name) + " must be a table",
                           "start it with [" + std::string(name) + "]");
    Section section(*table, name, mistakes_);
    section.refuse_unknown(keys_of(name));
    read(section);
  }

  void read_theme(const Section& section) {
    auto& theme = configuration_.theme;
    section.up_to("neutral_hue", 360, theme.neutral_hue);
    section.up_to("accent_hue", 360, theme.accent_hue);
    section.up_to("accent_chroma", .12, theme.accent_chroma);
    section.up_to("radius", 1, theme.radius);
    if (auto font = section.text("title_font", check_font_list)) theme.title_font = std::move(*font);
  }

  void read_catalog(const Section& section) {
    auto& catalog = configuration_.catalog;
    if (auto title = section.text("title", check_not_blank)) catalog.title = std::move(*title);
    if (auto contact = section.text("contact", check_contact)) catalog.contact = std::move(*contact);
    if (auto url = section.text("base_url", check_base_url)) {
      while (url->ends_with('/')) url->pop_back();
      catalog.base_url = std::move(*url);
    }
    if (const auto path = section.text("data_dir", check_not_blank)) catalog.data_dir = *path;
    if (const auto tag = section.text("language", check_language)) catalog.language = language_tag(*tag);
  }

  void read_server(const Section& section) {
    auto& server = configuration_.server;
    if (auto listen = section.text("listen", check_listen)) server.listen = std::move(*listen);
    section.whole("workers", 0U, 256U, server.workers);
    for (const auto& network : section.list("trusted_proxies", check_network))
      server.trusted_proxies.push_back(*net::parse_network(network));
    section.whole("requests_per_minute", 0U, 1'000'000U, server.requests_per_minute);
    section.whole("requests_per_minute_with_key", 0U, 1'000'000U, server.requests_per_minute_with_key);
  }

  void read_harvest(const Section& section) {
    auto& harvest = configuration_.harvest;
    section.whole("parallel_sources", 1U, 64U, harvest.parallel_sources);
    if (auto agent = section.text("user_agent", check_header_text)) harvest.user_agent = std::move(*agent);
    std::int64_t seconds = harvest.timeout.count();
    section.whole("timeout_s", std::int64_t{1}, std::int64_t{3600}, seconds);
    harvest.timeout = std::chrono::seconds(seconds);
    for (const auto& network : section.list("allow_networks", check_network))
      harvest.allow_networks.push_back(*net::parse_network(network));
    section.share("max_removed_share", harvest.max_removed_share);
    section.whole("min_removed_held", std::uint64_t{0}, std::uint64_t{1'000'000'000}, harvest.min_removed_held);
    harvest.grace = read_grace(section, harvest.grace);
    section.whole("report_days", 1U, 3'650U, harvest.report_days);
  }

  void read_auth(const Section& section) {
    auto& auth = configuration_.auth;
    auth.issuer = section.text("issuer", check_issuer).value_or("");
    auth.client_id = section.text("client_id", check_one_line).value_or("");
    if (const auto file = section.text("client_secret_file"); file && !file->empty())
      auth.client_secret_file = existing_file(section, "client_secret_file", *file);
    section.flag("newcomers", auth.newcomers);
    for (const auto& network : section.list("allow_networks", check_network))
      auth.allow_networks.push_back(*net::parse_network(network));
    if (auth.issuer.empty()) return;
    if (auth.client_id.empty()) section.wrong("client_id", "is needed with an issuer", "the provider gave it to you");
    if (auth.client_secret_file.empty())
      section.wrong("client_secret_file", "is needed with an issuer",
                    "put the secret that the provider gave you into a file of its own");
  }

  void read_mail(const Section& section) {
    auto& mail = configuration_.mail;
    mail.server = section.text("server", check_mail_server).value_or("");
    mail.sender = section.text("sender", check_mail_address).value_or("");
    mail.user = section.text("user", check_one_line).value_or("");
    if (const auto file = section.text("password_file"); file && !file->empty())
      mail.password_file = existing_file(section, "password_file", *file);
    if (!mail.server.empty() && mail.sender.empty())
      section.wrong("sender", "is needed with a server", "an address that may be answered");
    if (mail.user.empty() != mail.password_file.empty()) section.wrong("user", "and password_file go together");
  }

  void read_sources(const toml::table& document) {
    const auto* node = document.get("source");
    if (!node) return;
    const auto* array = node->as_array();
    if (!array)
      return mistakes_.add(node->source().begin, "source must be written [[source]]",
                           "two brackets, once for each portal");
    for (const auto& item : *array) {
      if (const auto* table = item.as_table())
        configuration_.sources.push_back(read_source(Section(*table, "source", mistakes_)));
      else
        mistakes_.add(item.source().begin, "each source must be a table", "start it with [[source]]");
    }
  }

  harvest::HarvestSource read_source(const Section& section) {
    harvest::HarvestSource source;
    if (auto id = section.needed_text("id", check_id)) {
      const auto [first, fresh] = ids_.emplace(*id, section.place("id"));
      if (!fresh)
        section.wrong("id", "\"" + *id + "\" was given before, in line " + std::to_string(first->second.line),
                      "each source needs its own");
      source.id = std::move(*id);
    }
    source.title = section.text("title", check_not_blank).value_or(source.id);
    source.url = section.needed_text("url", check_portal_url).value_or("");
    source.schedule = section.text("schedule", rules_.check_schedule).value_or(source.schedule);
    source.timezone = section.text("timezone", rules_.check_timezone).value_or(source.timezone);
    source.language = language_tag(section.text("language", check_language).value_or(""));
    source.territory = section.text("territory", check_territory).value_or("");
    source.window = section.text("window", rules_.check_hours).value_or("");
    source.blackout = section.text("blackout", rules_.check_hours).value_or("");
    source.grace = read_grace(section, configuration_.harvest.grace);
    source.private_networks = !configuration_.harvest.allow_networks.empty();
    if (const auto kind = section.needed_text("kind")) read_kind(section, *kind, source);
    return source;
  }

  static std::chrono::hours read_grace(const Section& section, std::chrono::hours standard) {
    auto hours = standard.count();
    section.whole("grace_h", decltype(hours){0}, decltype(hours){8'784}, hours);
    return std::chrono::hours(hours);
  }

  // Which further keys are right depends on the kind; under an unknown one they cannot be judged.
  void read_kind(const Section& section, const std::string& kind, harvest::HarvestSource& source) {
    const auto known = std::find_if(rules_.kinds.begin(), rules_.kinds.end(),
                                    [&](const auto& candidate) { return candidate.name == kind; });
    if (known == rules_.kinds.end()) {
      std::vector<std::string_view> names;
      std::string all;
      for (const auto& candidate : rules_.kinds) {
        names.push_back(candidate.name);
        all += (all.empty() ? "" : ", ") + std::string(candidate.name);
      }
      const auto near = nearest(kind, names);
      return section.wrong("kind", "\"" + kind + "\" is not known",
                           near.empty() ? "known are: " + all : "did you mean " + std::string(near) + "?");
    }
    source.kind = kind;
    std::vector<std::string> names;
    for (const auto& option : known->options) names.push_back(std::string(option.name) + (option.secret ? "_file" : ""));
    auto allowed = keys_of("source");
    allowed.insert(allowed.end(), names.begin(), names.end());
    for (std::size_t i = 0; i < names.size(); ++i) read_option(section, names[i], known->options[i].list, source.options);
    section.refuse_unknown(allowed);
  }

  void read_option(const Section& section, const std::string& name, bool list, std::map<std::string, std::string>& options) {
    std::optional<std::string> value;
    if (list) {
      for (const auto& item : section.list(name, check_one_line)) value = value ? *value + '\n' + item : item;
    } else {
      value = section.plain(name);
    }
    if (!value) return;
    if (name.ends_with("_file")) value = existing_file(section, name, *value).string();
    options.emplace(name, std::move(*value));
  }

  std::filesystem::path existing_file(const Section& section, std::string_view key,
                                      const std::filesystem::path& named) const {
    const auto path = beside(named);
    std::error_code failure;
    if (!std::filesystem::is_regular_file(path, failure))
      section.wrong(key, "names no file that can be seen: " + path.string());
    return path;
  }

  std::filesystem::path beside(const std::filesystem::path& path) const {
    return (directory_ / path).lexically_normal();
  }

  std::filesystem::path directory_;
  const ConfigurationRules& rules_;
  Mistakes& mistakes_;
  Configuration configuration_;
  std::map<std::string, Place> ids_;
};

// Blanks the line that a syntax error is in, so that the rest can be read; a header takes its whole table with it,
// whose keys would otherwise seem to belong to the table before. Lines keep their numbers.
void blank_out(std::string& text, std::size_t line) {
  std::size_t begin = 0;
  for (std::size_t n = 1; n < line && begin < text.size(); ++n) {
    const auto end = text.find('\n', begin);
    begin = end == std::string::npos ? text.size() : end + 1;
  }
  bool header = text.substr(begin, 200).find_first_not_of(" \t") != std::string::npos &&
                text[std::min(text.find_first_not_of(" \t", begin), text.size() - 1)] == '[';
  do {
    auto end = text.find('\n', begin);
    if (end == std::string::npos) end = text.size();
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    begin = std::min(end + 1, text.size());
    const auto next = text.find_first_not_of(" \t", begin);
    header = header && next != std::string::npos && text[next] != '[';
  } while (header && begin < text.size());
}

// The text with a '?' for each character beyond ASCII that stands outside strings and comments, where TOML 1.0 allows
// none. toml++ 3.3.0 runs into undefined behaviour on them (is_non_ascii_horizontal_whitespace, U+00A1 to U+0499); '?'
// it refuses as it should, in the same line and column.
std::string plain_outside_strings(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  std::string_view closing;  // what ends the string or comment that we are in; empty: outside
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty()) {
    std::size_t taken = 1;
    if (closing.empty()) {
      for (const std::string_view opening : {"\"\"\"", "'''", "\"", "'"}) {
        if (!text.starts_with(opening)) continue;
        closing = opening;
        taken = opening.size();
        break;
      }
      if (text.front() == '#') closing = "\n";
      if (static_cast<unsigned char>(text.front()) >= 0x80) {
        while (taken < text.size() && (static_cast<unsigned char>(text[taken]) & 0xC0) == 0x80) ++taken;
        plain += '?';
        text.remove_prefix(taken);
        continue;
      }
    } else if (text.front() == '\\' && closing.front() == '"') {
      taken = std::min<std::size_t>(2, text.size());
    } else if (text.starts_with(closing) || (text.front() == '\n' && closing.size() == 1)) {
      taken = text.front() == '\n' ? 1 : closing.size();
      closing = {};
    }
    plain += text.substr(0, taken);
    text.remove_prefix(taken);
  }
  return plain;
}

// toml++ stops at the first syntax error; told one by one they would cost the operator a round each.
toml::table parse(std::string text, Mistakes& mistakes) {
  constexpr int most = 20;
  for (int n = 0; n < most; ++n) {
    try {
      return toml::parse(text);
    } catch (const toml::parse_error& error) {
      const auto place = error.source().begin;
      mistakes.add(place, std::string(error.description()));
      blank_out(text, place.line);
    }
  }
  return {};
}

}  // namespace

ConfigurationRules rules_for(std::span<const harvest::Harvester* const> harvesters) {
  ConfigurationRules rules;
  for (const auto* harvester : harvesters) rules.kinds.push_back({harvester->kind(), harvester->options()});
  return rules;
}

ConfigurationReport read_configuration(std::string_view text, const std::filesystem::path& file,
                                       const ConfigurationRules& rules) {
  if (text.size() > max_configuration_bytes)
    return {{},
            {{ErrorCode::too_large,
              "the configuration is larger than 4 MiB (max_configuration_bytes)",
              file.string(),
              {}}}};
  Mistakes mistakes(file);
  const auto document = parse(plain_outside_strings(text), mistakes);
  ConfigurationReport report;
  report.configuration = ConfigurationReader(file, rules, mistakes).read(document);
  report.errors = mistakes.in_order();
  return report;
}

ConfigurationReport load_configuration(const std::filesystem::path& file, const ConfigurationRules& rules) {
  std::error_code failure;
  if (!std::filesystem::exists(file, failure))
    return {
        {},
        {{ErrorCode::not_found, "there is no such file", file.string(), "config/moisson.toml is one to start from"}}};
  std::ifstream in(file, std::ios::binary);
  std::string text(max_configuration_bytes + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (in.bad() || (in.fail() && !in.eof()))
    return {{}, {{ErrorCode::io, "the file cannot be read", file.string(), {}}}};
  text.resize(static_cast<std::size_t>(in.gcount()));
  return read_configuration(text, file, rules);
}

std::span<const ConfigurationKey> configuration_keys() { return keys; }

}  // namespace moisson::app
