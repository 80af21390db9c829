#include "app/configuration.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace moisson::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr harvest::OptionDescription ckan_options[] = {
    {"organizations", "Only these organisations.", true, false},
    {"page_size", "Records a page.", false, false},
    {"api_key", "The key.", false, true},
};

ConfigurationRules rules() {
  ConfigurationRules rules;
  rules.kinds = {{"ckan", ckan_options}, {"dcat", {}}};
  rules.check_schedule = [](std::string_view schedule) -> Result<void> {
    if (schedule == "daily" || schedule == "hourly") return {};
    return Error{ErrorCode::invalid_input, "is no schedule", {}, {}};
  };
  rules.check_hours = [](std::string_view hours) -> Result<void> {
    if (hours == "22:00-06:00") return {};
    return Error{ErrorCode::invalid_input, "is no time of the week", "", ""};
  };
  rules.check_timezone = [](std::string_view zone) -> Result<void> {
    if (zone == "Europe/Paris" || zone == "UTC") return {};
    return Error{ErrorCode::invalid_input, "is no known time zone", {}, {}};
  };
  return rules;
}

ConfigurationReport read(std::string_view text) { return read_configuration(text, "etc/m.toml", rules()); }

// "line:column message" of each error, so that one line of a test says it all.
std::vector<std::string> told(const ConfigurationReport& report) {
  std::vector<std::string> lines;
  for (const auto& error : report.errors) {
    EXPECT_EQ(error.where.substr(0, 11), "etc/m.toml:") << error.where;
    lines.push_back(error.where.substr(11) + " " + error.message);
  }
  return lines;
}

constexpr std::string_view source = "[[source]]\nid = \"aa\"\nkind = \"ckan\"\nurl = \"https://portal.example\"\n";

TEST(Configuration, SaysWhatASignInAndMailNeed) {
  EXPECT_THAT(told(read("[auth]\nissuer = \"https://id.example\"\n")),
              ElementsAre(HasSubstr("client_id is needed with an issuer"),
                          HasSubstr("client_secret_file is needed with an issuer")));
  EXPECT_THAT(told(read("[auth]\nissuer = \"http://id.example\"\n")), ElementsAre("2:10 issuer must be https"));
  EXPECT_THAT(told(read("[auth]\nissuer = \"https://id.example/?a\"\nnewcomers = 1\n")),
              ElementsAre(HasSubstr("must be without ?"), HasSubstr("newcomers must be true or false")));
  EXPECT_THAT(told(read("[auth]\nclient_secret = \"s\"\nclient_secret_file = \"none\"\n")),
              ElementsAre(HasSubstr("unknown key client_secret"), HasSubstr("names no file that can be seen")));
  EXPECT_THAT(read("[auth]\nclient_secret = \"s\"\n").errors.front().hint, HasSubstr("client_secret_file"));
  EXPECT_THAT(
      told(read("[mail]\nserver = \"smtp://mail.example:25\"\nuser = \"m\"\n")),
      ElementsAre(HasSubstr("sender is needed with a server"), HasSubstr("user and password_file go together")));
  EXPECT_THAT(told(read("[mail]\nserver = \"https://mail.example\"\nsender = \"nobody\"\n")),
              ElementsAre(HasSubstr("server must be smtp"), HasSubstr("sender must be a mail address")));
  const auto fine = read("[auth]\nissuer = \"\"\n[mail]\nserver = \"\"\n");
  EXPECT_TRUE(fine.errors.empty());
}

TEST(Configuration, ReadsEveryKey) {
  const auto report = read_configuration(R"toml([catalog]
title = "Titre"
base_url = "https://data.example/"
data_dir = "data"
language = "en"
contact = "donnees@data.example"
[theme]
accent_hue = 300
[server]
listen = "[::1]:0"
workers = 3
[harvest]
parallel_sources = 2
user_agent = "Robot/1 (+https://robot.example)"
timeout_s = 5
allow_networks = ["10.0.0.0/8"]
max_removed_share = 1
min_removed_held = 7
[auth]
issuer = "http://127.0.0.1:9000/realm"
client_id = "moisson"
client_secret_file = "configuration_test.cpp"
newcomers = true
allow_networks = ["127.0.0.0/8"]
[mail]
server = "smtps://mail.example:465"
sender = "moisson@data.example"
user = "moisson"
password_file = "configuration_test.cpp"
[[source]]
id = "one-1"
title = "One"
kind = "ckan"
url = "https://one.example/path"
schedule = "hourly"
timezone = "Europe/Paris"
language = "fr"
territory = "fr:region:93"
organizations = ["a", "b"]
page_size = 100
[[source]]
id = "two"
kind = "dcat"
url = "http://two.example/catalog.ttl"
)toml",
                                         MOISSON_SOURCE_DIR "/tests/app/m.toml", rules());
  for (const auto& error : report.errors) ADD_FAILURE() << to_string(error);
  const auto& [catalog, server, theme, harvest, auth, mail, sources] = report.configuration;
  EXPECT_EQ(auth.issuer, "http://127.0.0.1:9000/realm");
  EXPECT_EQ(auth.client_id, "moisson");
  EXPECT_TRUE(auth.newcomers);
  EXPECT_EQ(auth.allow_networks.size(), 1U);
  EXPECT_EQ(mail.server, "smtps://mail.example:465");
  EXPECT_EQ(mail.sender, "moisson@data.example");
  EXPECT_EQ(mail.user, "moisson");
  EXPECT_EQ(catalog.title, "Titre");
  EXPECT_EQ(catalog.base_url, "https://data.example");
  EXPECT_EQ(catalog.data_dir, MOISSON_SOURCE_DIR "/tests/app/data");
  EXPECT_EQ(auth.client_secret_file, MOISSON_SOURCE_DIR "/tests/app/configuration_test.cpp");
  EXPECT_EQ(mail.password_file, auth.client_secret_file);
  EXPECT_EQ(catalog.language, "en");
  EXPECT_EQ(catalog.contact, "donnees@data.example");
  EXPECT_EQ(theme.accent_hue, 300);
  EXPECT_EQ(server.listen, "[::1]:0");
  EXPECT_EQ(server.workers, 3U);
  EXPECT_EQ(harvest.parallel_sources, 2U);
  EXPECT_EQ(harvest.user_agent, "Robot/1 (+https://robot.example)");
  EXPECT_EQ(harvest.timeout, std::chrono::seconds(5));
  EXPECT_EQ(harvest.allow_networks.size(), 1U);
  EXPECT_EQ(harvest.max_removed_share, 1.0);
  EXPECT_EQ(harvest.min_removed_held, 7U);
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources[0].id, "one-1");
  EXPECT_EQ(sources[0].schedule, "hourly");
  EXPECT_EQ(sources[0].timezone, "Europe/Paris");
  EXPECT_EQ(sources[0].territory, "fr:region:93");
  EXPECT_EQ(sources[0].options.at("organizations"), "a\nb");
  EXPECT_EQ(sources[0].options.at("page_size"), "100");
  EXPECT_TRUE(sources[0].private_networks);
  EXPECT_EQ(sources[1].title, "two");
  EXPECT_EQ(sources[1].schedule, "daily");
  EXPECT_EQ(sources[1].timezone, "UTC");
}

TEST(Configuration, LetsAThemeChooseHuesButNothingThatEndsTheStyleSheet) {
  const auto theme =
      read("[theme]\naccent_hue = 350\nradius = 0\ntitle_font = '\"Source Serif 4\", Georgia'\n").configuration.theme;
  EXPECT_EQ(theme.accent_hue, 350);
  EXPECT_EQ(theme.radius, 0);
  EXPECT_EQ(theme.title_font, "\"Source Serif 4\", Georgia");
  for (const auto* wrong : {"accent_hue = 361", "accent_chroma = 0.2", "radius = -1",
                            "title_font = 'x}</style><script>'", "title_font = 'x; color: red'", "title_font = '\"x'"})
    EXPECT_EQ(read("[theme]\n" + std::string(wrong)).errors.size(), 1U) << wrong;
}

TEST(Configuration, AnEmptyFileGivesTheDefaults) {
  const auto report = read("");
  EXPECT_THAT(told(report), ElementsAre());
  EXPECT_EQ(report.configuration.server.listen, "127.0.0.1:8080");
  EXPECT_EQ(report.configuration.catalog.data_dir, "etc/var");
  EXPECT_TRUE(report.configuration.sources.empty());
}

TEST(Configuration, SourcesReachNoPrivateNetworkUnlessSomeAreAllowed) {
  EXPECT_FALSE(read(source).configuration.sources.at(0).private_networks);
}

struct Mistake {
  std::string_view text;
  std::string_view told;
  std::string_view hint;
};

TEST(Configuration, TellsEachMistakeWithItsPlace) {
  const Mistake mistakes[] = {
      {"[catalog]\ntitles = \"x\"", "2:1 unknown key titles in [catalog]", "did you mean title?"},
      {"[catalogue]\ntitle = \"x\"", "1:2 unknown key catalogue in [the file]", "did you mean catalog?"},
      {"[catalog]\ntitle = 3", "2:9 title must be a text, not a whole number", ""},
      {"[catalog]\ntitle = \" \"", "2:9 title must not be empty", ""},
      {"[catalog]\nbase_url = \"ftp://x\"", "2:12 base_url must be an http or https address", ""},
      {"[catalog]\nlanguage = \"zzzzzzzzzz\"", "2:12 language is no language that is known", "BCP 47"},
      {"[server]\nlisten = \"8080\"", "2:10 listen must be host:port, the port from 0 to 65535", "127.0.0.1:8080"},
      {"[server]\nlisten = \"::1:8080\"", "2:10 listen must be host:port, the port from 0 to 65535", "[::1]:8080"},
      {"[server]\nworkers = -1", "2:11 workers must be from 0 to 256", ""},
      {"[harvest]\ntimeout_s = 1.5", "2:13 timeout_s must be a whole number, not a number", ""},
      {"[harvest]\nmax_removed_share = 20", "2:21 max_removed_share must be a share from 0 to 1", "one fifth"},
      {"[harvest]\nallow_networks = [\"127.0.0.0/8\", \"10.0.0.0/99\"]",
       "2:34 allow_networks: \"10.0.0.0/99\" is no network", "10.0.0.0/8"},
      {"[harvest]\nallow_networks = \"127.0.0.0/8\"", "2:18 allow_networks must be an array of texts, not a text",
       "[\"…\"]"},
      {"[harvest]\nuser_agent = \"a\\nb\"", "2:14 user_agent must be 1 to 200 printable ASCII characters", ""},
      {"source = 1", "1:10 source must be written [[source]]", "once for each portal"},
      {"[source]\nid = \"aa\"", "1:1 source must be written [[source]]", "once for each portal"},
      {"server = 1", "1:10 server must be a table", "[server]"},
  };
  for (const auto& mistake : mistakes) {
    const auto report = read(mistake.text);
    ASSERT_THAT(told(report), ElementsAre(std::string(mistake.told))) << mistake.text;
    EXPECT_THAT(report.errors[0].hint, HasSubstr(std::string(mistake.hint))) << mistake.text;
  }
}

TEST(Configuration, TellsEachMistakeOfASource) {
  const Mistake mistakes[] = {
      {"id = \"A B\"\nkind = \"ckan\"\nurl = \"https://x.example\"",
       "2:6 id must be 2 to 60 of the characters a-z, 0-9 and -", ""},
      {"kind = \"ckan\"\nurl = \"https://x.example\"", "1:1 [[source]] needs id", ""},
      {"id = \"aa\"\nkind = \"ckann\"\nurl = \"https://x.example\"\nanything = 1", "3:8 kind \"ckann\" is not known",
       "did you mean ckan?"},
      {"id = \"aa\"\nkind = \"gopher\"\nurl = \"https://x.example\"", "3:8 kind \"gopher\" is not known", "ckan, dcat"},
      {"id = \"aa\"\nkind = \"dcat\"\nurl = \"x.example\"", "4:7 url must be an http or https address", ""},
      {"id = \"aa\"\nkind = \"dcat\"\nurl = \"https://me:secret@x.example\"",
       "4:7 url must not hold a name or password", "api_key_file"},
      {"id = \"aa\"\nkind = \"dcat\"\nurl = \"https://x.example\"\nschedule = \"dayly\"",
       "5:12 schedule is no schedule", ""},
      {"id = \"aa\"\nkind = \"dcat\"\nurl = \"https://x.example\"\ntimezone = \"Mars\"",
       "5:12 timezone is no known time zone", ""},
      {"id = \"aa\"\nkind = \"dcat\"\nurl = \"https://x.example\"\nwindow = \"at night\"",
       "5:10 window is no time of the week", ""},
      {"id = \"aa\"\nkind = \"dcat\"\nurl = \"https://x.example\"\ngrace_h = 9000",
       "5:11 grace_h must be from 0 to 8784", ""},
      {"id = \"aa\"\nkind = \"dcat\"\nurl = \"https://x.example\"\norganizations = [\"a\"]",
       "5:1 unknown key organizations in [source]", ""},
      {"id = \"aa\"\nkind = \"ckan\"\nurl = \"https://x.example\"\norganisations = [\"a\"]",
       "5:1 unknown key organisations in [source]", "did you mean organizations?"},
      {"id = \"aa\"\nkind = \"ckan\"\nurl = \"https://x.example\"\norganizations = [\"a\", 2]",
       "5:23 each item of organizations must be a text, not a whole number", ""},
      {"id = \"aa\"\nkind = \"ckan\"\nurl = \"https://x.example\"\napi_key = \"s3cret\"",
       "5:1 unknown key api_key in [source]", "put it into a file"},
      {"id = \"aa\"\nkind = \"ckan\"\nurl = \"https://x.example\"\napi_key_file = \"none.key\"",
       "5:16 api_key_file names no file that can be seen: etc/none.key", ""},
  };
  for (const auto& mistake : mistakes) {
    const auto report = read("[[source]]\n" + std::string(mistake.text));
    ASSERT_THAT(told(report), ElementsAre(std::string(mistake.told))) << mistake.text;
    EXPECT_THAT(report.errors[0].hint, HasSubstr(std::string(mistake.hint))) << mistake.text;
  }
}

TEST(Configuration, AnIdIsGivenOnce) {
  const auto report = read(std::string(source) + std::string(source));
  ASSERT_THAT(told(report), ElementsAre("6:6 id \"aa\" was given before, in line 2"));
}

TEST(Configuration, NoSecretIsEverQuoted) {
  const auto report = read(std::string(source) + "api_key = \"s3cret\"\n[harvest]\nuser_agent = 1\n");
  for (const auto& error : report.errors) EXPECT_EQ(to_string(error).find("s3cret"), std::string::npos);
}

TEST(Configuration, TellsAllMistakesInTheOrderOfTheFile) {
  const auto report =
      read("[[source]]\nid = \"?\"\nkind = \"dcat\"\nurl = 1\n[server]\nworkres = 1\n[catalog]\nlanguage = 1\n");
  EXPECT_THAT(told(report),
              ElementsAre("2:6 id must be 2 to 60 of the characters a-z, 0-9 and -",
                          "4:7 url must be a text, not a whole number", "6:1 unknown key workres in [server]",
                          "8:12 language must be a text, not a whole number"));
}

TEST(Configuration, ASyntaxErrorHidesNoOther) {
  const auto report = read(
      "[catalog]\ntitle = nope\n[server]\nlisten 3\nworkres = 1\n[[source]\nid = \"aa\"\n[harvest]\ntimeout_s = 0\n");
  ASSERT_EQ(report.errors.size(), 5U);
  const char* places[] = {"etc/m.toml:2:", "etc/m.toml:4:", "etc/m.toml:5:1", "etc/m.toml:6:", "etc/m.toml:9:13"};
  for (int n = 0; n < 5; ++n) EXPECT_THAT(report.errors[n].where, testing::StartsWith(places[n]));
}

TEST(Configuration, CharactersBeyondAsciiStandInStringsAndCommentsOnly) {
  const auto report = read("# été\n[catalog]\ntitle = \"d\\\"é\"\ndonnées = 1\n[server] # là\nlisten = 'é:1'\n");
  EXPECT_EQ(report.configuration.catalog.title, "d\"é");
  EXPECT_EQ(report.configuration.server.listen, "é:1");
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_THAT(report.errors[0].where, testing::StartsWith("etc/m.toml:4:5"));
}

TEST(Configuration, ADuplicateKeyIsToldAtItsSecondPlace) {
  const auto report = read("[catalog]\ntitle = \"a\"\ntitle = \"b\"\n");
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_THAT(report.errors[0].where, testing::StartsWith("etc/m.toml:3:"));
  EXPECT_EQ(report.configuration.catalog.title, "a");
}

TEST(Configuration, RubbishEndsInErrorsNotInHarm) {
  for (const std::string& text :
       {std::string("\xff\xfe\x00", 3), std::string(5000, '['), std::string("a = \"\"\"\n\n"), std::string("="),
        std::string("[é]"), std::string("[#"), std::string("[[source]]\n[[source]]\n[source.x]\n\"")})
    EXPECT_FALSE(read(text).errors.empty());
}

TEST(Configuration, AFileBeyondTheCapIsRefused) {
  const auto report = read(std::string(max_configuration_bytes + 1, '\n'));
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_EQ(report.errors[0].code, ErrorCode::too_large);
}

TEST(Configuration, AMissingFileIsNotFound) {
  const auto report = load_configuration("/nonexistent/moisson.toml", rules());
  ASSERT_EQ(report.errors.size(), 1U);
  EXPECT_EQ(report.errors[0].code, ErrorCode::not_found);
}

}  // namespace
}  // namespace moisson::app
