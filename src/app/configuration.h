// Configuration: what the operator wrote in TOML, read once into plain values.
// Reading never stops at the first mistake: a report holds them all, each with file:line:column. Values; thread-safe.
#pragma once

#include <moisson/core/result.h>
#include <moisson/harvest/harvester.h>
#include <moisson/harvest/source.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/address_policy.h"

namespace moisson::app {

// Who is asked about the crawler, until the operator says so: no public portal is asked while it stands.
inline constexpr std::string_view example_user_agent = "Moisson/1 (+https://example.org/moisson)";

struct CatalogConfiguration {
  std::string title = "Catalogue unifié";
  std::string base_url = "http://127.0.0.1:8080";  // without trailing '/'
  std::filesystem::path data_dir = "var";          // relative ones start at the configuration file
  std::string language = "fr";                     // BCP 47
  std::string contact;                             // of the operator: a mail address or a web page; empty: none given
};

struct ServerConfiguration {
  std::string listen = "127.0.0.1:8080";      // host:port, port 0: any free one
  unsigned workers = 0;                       // 0: one a core
  std::vector<net::Network> trusted_proxies;  // beside this machine itself: their X-Forwarded-For is believed
  std::uint32_t requests_per_minute = 3000;   // of a network without a key; 0: no limit
  std::uint32_t requests_per_minute_with_key = 12'000;
};

// How the pages look: web/style.h.
struct ThemeConfiguration {
  double neutral_hue = 84, accent_hue = 158;  // degrees
  double accent_chroma = .082;
  double radius = .25;  // rem
  std::string title_font;
};

struct HarvestConfiguration {
  unsigned parallel_sources = 8;
  std::string user_agent{example_user_agent};
  std::chrono::seconds timeout{60};          // of one request
  std::vector<net::Network> allow_networks;  // for sources with private_networks only
  double max_removed_share = 0.2;            // 0 to 1
  std::uint64_t min_removed_held = 20;       // records
  unsigned report_days = 365;                // that reports are kept
  // How long vanished records stay in the search, of sources that say nothing else.
  std::chrono::hours grace{48};
};

// Who signs in, through which OpenID provider; without an issuer nobody does, and programs show tokens all the same.
struct AuthConfiguration {
  std::string issuer;  // exactly as the provider writes it
  std::string client_id;
  std::filesystem::path client_secret_file;
  bool newcomers = false;                    // whom the provider knows may register portals of their own
  std::vector<net::Network> allow_networks;  // where the provider may be although they are private or loopback
};

// How people are told of their portals' harvests; without a server they are not.
struct MailConfiguration {
  std::string server;  // smtp://host:port or smtps://host:port
  std::string sender;  // mail address
  std::string user;
  std::filesystem::path password_file;
};

struct Configuration {
  CatalogConfiguration catalog;
  ServerConfiguration server;
  ThemeConfiguration theme;
  HarvestConfiguration harvest;
  AuthConfiguration auth;
  MailConfiguration mail;
  std::vector<harvest::HarvestSource> sources;  // in the order of the file
};

// What the reader cannot know by itself. An empty function accepts everything.
struct ConfigurationRules {
  struct Kind {
    std::string_view name;
    std::span<const harvest::OptionDescription> options;
  };
  std::vector<Kind> kinds;
  std::function<Result<void>(std::string_view schedule)> check_schedule;
  std::function<Result<void>(std::string_view timezone)> check_timezone;
  std::function<Result<void>(std::string_view hours)> check_hours;
};

// The kinds of the harvesters given, without checks of schedule, time zone and hours.
ConfigurationRules rules_for(std::span<const harvest::Harvester* const> harvesters);

struct ConfigurationReport {
  Configuration configuration;  // what could be read; to be used only if there are no errors
  std::vector<Error> errors;    // in the order of the file; `where` is "file:line:column"
};

inline constexpr std::size_t max_configuration_bytes = std::size_t{4} << 20;

// Reads `text` as if it stood in `file`; nothing but the files named by *_file options is looked at on the disk.
ConfigurationReport read_configuration(std::string_view text, const std::filesystem::path& file,
                                       const ConfigurationRules& rules);

// Reads the file itself. One error, not_found or io, if that fails.
ConfigurationReport load_configuration(const std::filesystem::path& file, const ConfigurationRules& rules);

// Every key that a configuration may have, beside the options of a kind; the same table that reading checks names
// against.
struct ConfigurationKey {
  std::string_view table;  // "catalog", "server", "theme", "harvest", "auth", "mail", "source"
  std::string_view name;
};
std::span<const ConfigurationKey> configuration_keys();

}  // namespace moisson::app
