#include "web/source_form.h"

#include "site.h"

#include <gtest/gtest.h>

namespace moisson::web::test {
namespace {

// A kind of portal with one option of each sort.
class Kind final : public harvest::Harvester {
 public:
  std::string_view kind() const override { return "ckan"; }
  std::string_view documentation() const override { return "for this test"; }
  std::span<const harvest::OptionDescription> options() const override {
    static const harvest::OptionDescription described[] = {{"organizations", "only these", true, false},
                                                           {"format", "of its files", false, false},
                                                           {"api_key", "its key", false, true}};
    return described;
  }
  int mapping_version() const override { return 1; }
  Result<harvest::Listing> harvest(const harvest::HarvestContext&, harvest::RecordSink&) const override {
    return none();
  }
  Result<harvest::HarvestedRecord> map(const harvest::HarvestSource&, const harvest::RawSource&) const override {
    return none();
  }

 private:
  static Error none() { return {ErrorCode::unsupported, "nothing is read here", {}, {}}; }
};

TEST(SourceForm, ReadsWhatABrowserSends) {
  const http::Parameters sent{{"title", " Portail "},
                              {"url", "https://portail.example"},
                              {"schedule", "daily"},
                              {"grace_h", "168"},
                              {"options.organizations", "ville\r\n\r\n métropole \r\n"},
                              {"options.format", "  "},
                              {"secrets.api_key", "sésame"},
                              {"unknown", "x"}};
  const auto edit = read_source_form(sent, Kind());
  EXPECT_EQ(edit.title, "Portail");
  EXPECT_EQ(edit.kind, "ckan");
  EXPECT_EQ(edit.grace, std::chrono::hours(168));
  EXPECT_EQ(edit.options, (std::map<std::string, std::string>{{"organizations", "ville\nmétropole"}}));
  EXPECT_EQ(edit.secrets, (std::map<std::string, std::string>{{"api_key", "sésame"}}));
  EXPECT_EQ(edit.state, std::nullopt);
}

TEST(SourceForm, KeepsASecretThatIsLeftEmptyAndForgetsOneThatIsTicked) {
  EXPECT_TRUE(read_source_form({{"secrets.api_key", ""}}, Kind()).secrets.empty());
  EXPECT_EQ(read_source_form({{"secrets.api_key", ""}, {"forget.api_key", "yes"}}, Kind()).secrets,
            (std::map<std::string, std::string>{{"api_key", ""}}));
}

// The harvest refuses negative hours and names the field; a text that is no number must not pass as none.
TEST(SourceForm, DoesNotTakeATextForNoHours) {
  EXPECT_EQ(read_source_form({{"grace_h", "une semaine"}}, Kind()).grace, std::chrono::hours(-1));
  EXPECT_EQ(read_source_form({{"grace_h", ""}}, Kind()).grace, std::chrono::hours(0));
}

TEST(SourceForm, SendsBackWhatASourceIs) {
  auto described = source("portail", "Portail");
  described.options = {{"organizations", "ville\nmétropole"}};
  described.grace = std::chrono::hours(48);
  const auto edit = read_source_form(source_parameters(described), Kind());
  EXPECT_EQ(edit.title, described.title);
  EXPECT_EQ(edit.url, described.url);
  EXPECT_EQ(edit.territory, described.territory);
  EXPECT_EQ(edit.grace, described.grace);
  EXPECT_EQ(edit.options, described.options);
}

}  // namespace
}  // namespace moisson::web::test
