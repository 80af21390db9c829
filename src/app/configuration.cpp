#include "app/configuration.h"

#include "app/configuration_check.h"
#include "app/configuration_section.h"
#include "app/toml.h"
#include "core/text.h"

#include <moisson/core/lang_string.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <optional>

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

// Turns one document into a Configuration.
class ConfigurationReader {
 public:
  ConfigurationReader(const std::filesystem::path& file, const ConfigurationRules& rules,
                      ConfigurationMistakes& mistakes)
      : directory_(file.parent_path()), rules_(rules), mistakes_(mistakes) {}

  Configuration read(const TomlTable& document) {
    const ConfigurationSection root(document, "the file", mistakes_);
    root.refuse_unknown({"catalog", "server", "theme", "harvest", "auth", "mail", "source"});
    with_table(document, "catalog", [&](const ConfigurationSection& section) { read_catalog(section); });
    with_table(document, "server", [&](const ConfigurationSection& section) { read_server(section); });
    with_table(document, "theme", [&](const ConfigurationSection& section) { read_theme(section); });
    with_table(document, "harvest", [&](const ConfigurationSection& section) { read_harvest(section); });
    with_table(document, "auth", [&](const ConfigurationSection& section) { read_auth(section); });
    with_table(document, "mail", [&](const ConfigurationSection& section) { read_mail(section); });
    configuration_.catalog.data_dir = beside(configuration_.catalog.data_dir);
    read_sources(document);
    return std::move(configuration_);
  }

 private:
  template <class Read>
  void with_table(const TomlTable& document, std::string_view name, Read read) {
    const auto* value = document.find(name);
    if (!value) return;
    const auto* table = value->as<TomlTable>();
    if (!table)
      return mistakes_.add(value->place, std::string(name) + " must be a table",
                           "start it with [" + std::string(name) + "]");
    const ConfigurationSection section(*table, name, mistakes_);
    section.refuse_unknown(keys_of(name));
    read(section);
  }

  void read_theme(const ConfigurationSection& section) {
    auto& theme = configuration_.theme;
    section.up_to("neutral_hue", 360, theme.neutral_hue);
    section.up_to("accent_hue", 360, theme.accent_hue);
    section.up_to("accent_chroma", .12, theme.accent_chroma);
    section.up_to("radius", 1, theme.radius);
    if (auto font = section.text("title_font", check_font_list)) theme.title_font = std::move(*font);
  }

  void read_catalog(const ConfigurationSection& section) {
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

  void read_server(const ConfigurationSection& section) {
    auto& server = configuration_.server;
    if (auto listen = section.text("listen", check_listen)) server.listen = std::move(*listen);
    section.whole("workers", 0U, 256U, server.workers);
    for (const auto& network : section.list("trusted_proxies", check_network))
      server.trusted_proxies.push_back(*net::parse_network(network));
    section.whole("requests_per_minute", 0U, 1'000'000U, server.requests_per_minute);
    section.whole("requests_per_minute_with_key", 0U, 1'000'000U, server.requests_per_minute_with_key);
  }

  void read_harvest(const ConfigurationSection& section) {
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

  void read_auth(const ConfigurationSection& section) {
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

  void read_mail(const ConfigurationSection& section) {
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

  void read_sources(const TomlTable& document) {
    const auto* value = document.find("source");
    if (!value) return;
    const auto* items = value->as<std::vector<TomlValue>>();
    if (!items)
      return mistakes_.add(value->place, "source must be written [[source]]", "two brackets, once for each portal");
    for (const TomlValue& item : *items) {
      if (const auto* table = item.as<TomlTable>())
        configuration_.sources.push_back(read_source(ConfigurationSection(*table, "source", mistakes_)));
      else
        mistakes_.add(item.place, "each source must be a table", "start it with [[source]]");
    }
  }

  harvest::HarvestSource read_source(const ConfigurationSection& section) {
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

  static std::chrono::hours read_grace(const ConfigurationSection& section, std::chrono::hours standard) {
    auto hours = standard.count();
    section.whole("grace_h", decltype(hours){0}, decltype(hours){8'784}, hours);
    return std::chrono::hours(hours);
  }

  // Which further keys are right depends on the kind; under an unknown one they cannot be judged.
  void read_kind(const ConfigurationSection& section, const std::string& kind, harvest::HarvestSource& source) {
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
    for (const auto& option : known->options)
      names.push_back(std::string(option.name) + (option.secret ? "_file" : ""));
    auto allowed = keys_of("source");
    allowed.insert(allowed.end(), names.begin(), names.end());
    for (std::size_t i = 0; i < names.size(); ++i)
      read_option(section, names[i], known->options[i].list, source.options);
    section.refuse_unknown(allowed);
  }

  void read_option(const ConfigurationSection& section, const std::string& name, bool list,
                   std::map<std::string, std::string>& options) {
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

  std::filesystem::path existing_file(const ConfigurationSection& section, std::string_view key,
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
  ConfigurationMistakes& mistakes_;
  Configuration configuration_;
  std::map<std::string, TomlPlace> ids_;
};

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
  ConfigurationMistakes mistakes(file);
  const TomlDocument document = parse_toml(text);
  for (const auto& [place, message] : document.mistakes) mistakes.add(place, message);
  ConfigurationReport report;
  report.configuration = ConfigurationReader(file, rules, mistakes).read(document.root);
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
