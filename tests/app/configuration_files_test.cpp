// The configuration files that the project ships: each loads, and moisson.toml shows every key that there is.

#include "app/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace moisson::app {
namespace {

const std::filesystem::path directory = std::filesystem::path(MOISSON_SOURCE_DIR) / "config";

ConfigurationRules rules() {
  ConfigurationRules rules;
  rules.kinds = {{"ckan", {}}, {"dcat", {}}};
  return rules;
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(ShippedConfiguration, MoissonTomlLoadsAndSaysTheDefaults) {
  const auto report = load_configuration(directory / "moisson.toml", rules());
  for (const auto& error : report.errors) ADD_FAILURE() << to_string(error);
  const Configuration defaults;
  EXPECT_EQ(report.configuration.catalog.title, defaults.catalog.title);
  EXPECT_EQ(report.configuration.catalog.base_url, defaults.catalog.base_url);
  EXPECT_EQ(report.configuration.catalog.data_dir.filename(), defaults.catalog.data_dir);
  EXPECT_EQ(report.configuration.server.listen, defaults.server.listen);
  EXPECT_EQ(report.configuration.server.workers, defaults.server.workers);
  EXPECT_EQ(report.configuration.harvest.parallel_sources, defaults.harvest.parallel_sources);
  EXPECT_EQ(report.configuration.harvest.user_agent, defaults.harvest.user_agent);
  EXPECT_EQ(report.configuration.harvest.timeout, defaults.harvest.timeout);
  EXPECT_EQ(report.configuration.harvest.max_removed_share, defaults.harvest.max_removed_share);
  EXPECT_EQ(report.configuration.harvest.min_removed_held, defaults.harvest.min_removed_held);
}

TEST(ShippedConfiguration, MoissonTomlShowsAndExplainsEveryKey) {
  static const std::regex header(R"(^\[+(\w+)\]+$)"), assignment(R"(^(\w+) = )");
  std::set<std::string> shown, known;
  for (const auto& key : configuration_keys()) known.insert(std::string(key.table) + "." + std::string(key.name));
  std::string table, before;
  for (const auto& line : lines_of(directory / "moisson.toml")) {
    std::smatch match;
    if (std::regex_search(line, match, header)) table = match[1];
    if (std::regex_search(line, match, assignment)) {
      shown.insert(table + "." + match[1].str());
      EXPECT_TRUE(before.starts_with("#")) << line << " has no comment above it";
    }
    before = line;
  }
  EXPECT_EQ(shown, known);
}

TEST(ShippedConfiguration, MoissonTomlShowsTheOptionsOfEveryKind) {
  static const std::regex commented(R"(^# (\w+) = )");
  std::set<std::string> shown, known;
  for (const auto& kind : rules_for(harvest::all_harvesters()).kinds)
    for (const auto& option : kind.options) known.insert(std::string(option.name) + (option.secret ? "_file" : ""));
  for (const auto& line : lines_of(directory / "moisson.toml")) {
    std::smatch match;
    if (std::regex_search(line, match, commented)) shown.insert(match[1]);
  }
  EXPECT_THAT(known, testing::IsSubsetOf(shown));
}

TEST(ShippedConfiguration, FranceTomlListsRealPortalsWithTheirProvenance) {
  const auto report = load_configuration(directory / "france.toml", rules());
  for (const auto& error : report.errors) ADD_FAILURE() << to_string(error);
  std::set<std::string> kinds, hosts;
  for (const auto& source : report.configuration.sources) {
    kinds.insert(source.kind);
    EXPECT_FALSE(source.title.empty());
    EXPECT_TRUE(source.url.starts_with("http")) << source.id;
    EXPECT_FALSE(source.territory.empty()) << source.id;
    EXPECT_THAT(source.schedule, testing::MatchesRegex("[0-9]+ [0-9]+ [*] [*] [*0-6]")) << source.id;
    EXPECT_FALSE(source.private_networks) << source.id;
    EXPECT_TRUE(hosts.insert(source.url).second) << source.url << " is listed twice";
  }
  EXPECT_GE(report.configuration.sources.size(), 25U);
  EXPECT_THAT(kinds, testing::ElementsAre("ckan", "dcat"));

  // Above each [[source]]: where the address comes from, and that nobody has asked it yet.
  std::string before;
  for (const auto& line : lines_of(directory / "france.toml")) {
    if (line == "[[source]]") {
      EXPECT_THAT(before, testing::HasSubstr("not yet probed"));
      before.clear();
    }
    before = line.starts_with("#") ? before + line : std::string{};
  }
}

}  // namespace
}  // namespace moisson::app
