#include "markup.h"
#include "site.h"

#include "store/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <moisson/core/uuid.h>

namespace moisson::web::test {
namespace {

using testing::HasSubstr;
using testing::Not;

// A city's record, and the copy of it that the state's portal says it is.
class Copies : public testing::Test {
 protected:
  Copies() {
    site.harvest(source("etat", "Portail de l'État"), {copy_of("urn:eau:1", "https://ville.example.org/dataset/eau")});
    auto first = record("eau", dataset("Qualité de l'eau", "Analyses.", "Ville"));
    first.raw.page_url = "https://ville.example.org/api";
    first.remote_url = "https://ville.example.org/dataset/eau";
    auto alone = record("bruit", dataset("Carte du bruit", "Mesures.", "Ville"));
    site.harvest(source("ville", "Données de la ville"), {std::move(first), std::move(alone)});
    site.index();
  }

  static harvest::HarvestedRecord copy_of(std::string id, std::string origin) {
    auto made = record(std::move(id), dataset("Qualité de l'eau en ville", "Analyses.", "Ville"));
    made.origin.urls = {std::move(origin)};
    return made;
  }

  const std::string original = record_uuid("ville", "eau"), copy = record_uuid("etat", "urn:eau:1");
  Site site;
};

TEST_F(Copies, AreOneCardThatLinksToTheOthers) {
  const auto page = site.get("/datasets?q=eau");
  EXPECT_THAT(page.body, HasSubstr("<summary>aussi sur 1 portail</summary><a href=\"/datasets/" + copy +
                                   "\">Portail de l’État</a></details>"));
  EXPECT_THAT(page.body, HasSubstr("/datasets/" + original + "\""));
  EXPECT_THAT(site.get("/datasets?q=bruit").body, Not(HasSubstr("aussi sur")));
}

TEST_F(Copies, StandOnTheRecordsPageWithTheSignalAndWhoLeads) {
  const auto copys = site.get("/datasets/" + copy).body;
  EXPECT_THAT(copys, HasSubstr("Aussi sur d’autres portails"));
  EXPECT_THAT(copys, HasSubstr("<a href=\"/datasets/" + original +
                               "\">la notice de Données de la ville</a> représente celle-ci"));
  EXPECT_THAT(copys, HasSubstr("adresse d’origine déclarée ici, page chez la source là-bas"));
  EXPECT_THAT(copys, HasSubstr("<code>ville.example.org/dataset/eau</code>"));
  const auto originals = site.get("/datasets/" + original, "en").body;
  EXPECT_THAT(originals, HasSubstr("This record stands for the others"));
  EXPECT_THAT(originals, HasSubstr("page at the source here, stated address of the origin there"));
  EXPECT_THAT(site.get("/datasets/" + record_uuid("ville", "bruit")).body,
              Not(HasSubstr("Aussi sur d’autres portails")));
  for (const auto& body : {copys, originals}) {
    const auto begin = body.find("<main");
    EXPECT_EQ(read_markup(body.substr(begin, body.find("</main>") + 7 - begin), true).fault, "");
  }
}

TEST_F(Copies, ChangeTheTagOfBothPages) {
  const auto tag = [&](const std::string& id) { return std::string(site.get("/datasets/" + id).headers.get("ETag")); };
  const auto before = tag(original);
  EXPECT_TRUE(site.store().writer().keep_apart(original, copy, true));
  EXPECT_NE(tag(original), before);
  EXPECT_THAT(site.get("/datasets/" + original).body, Not(HasSubstr("Aussi sur d’autres portails")));
}

}  // namespace
}  // namespace moisson::web::test
