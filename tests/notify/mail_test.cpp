#include "notify/mail.h"
#include "notify/event.h"

#include <gtest/gtest.h>

namespace moisson::notify {
namespace {

using harvest::JobOutcome;

harvest::HarvestJob held_job() {
  harvest::HarvestJob job;
  job.id = 7;
  job.source_id = "a";
  job.outcome = JobOutcome::held;
  job.removals_waiting = 120;
  job.counts.unchanged = 80;
  job.error = Error{ErrorCode::conflict, "120 of 200 records would go", "", ""};
  return job;
}

TEST(Event, IsEachEndThatIsNews) {
  EXPECT_EQ(events_of(JobOutcome::held, false), (std::vector<std::string>{"held"}));
  EXPECT_EQ(events_of(JobOutcome::succeeded, true), (std::vector<std::string>{"first_success", "succeeded"}));
  EXPECT_TRUE(events_of(JobOutcome::nothing_changed, false).empty());
  EXPECT_TRUE(events_of(JobOutcome::running, false).empty());
  for (const auto word : events()) EXPECT_TRUE(is_event(word));
  EXPECT_FALSE(is_event("running"));
}

TEST(Mail, SaysWhatHappenedAndWhatToDoInBothLanguages) {
  const Occasion occasion{"held", held_job(), "Portail d’Aix", "https://c.example/jobs/7", "https://c.example/account"};
  const Mail french = mail_about(occasion, "fr");
  EXPECT_EQ(french.subject, "Portail d’Aix\u00a0: des retraits attendent votre décision");
  EXPECT_EQ(french.text,
            "La dernière moisson de Portail d’Aix retirerait 120 notices. C’est plus que le seuil fixé\u00a0: rien "
            "n’est retiré tant que "
            "personne n’a décidé.\n\nCréées\u00a0: 0 · changées\u00a0: 0 · inchangées\u00a0: 80 · déplacées\u00a0: 0 · "
            "ignorées\u00a0: 0 · en "
            "échec\u00a0: 0 · retirées\u00a0: 0\nCause\u00a0: 120 of 200 records would go\n\nLe compte rendu\u00a0: "
            "https://c.example/jobs/7\n\n-- \n"
            "Vous recevez ce message parce que vous l’avez demandé sur la page de votre compte\u00a0: "
            "https://c.example/account\n");
  EXPECT_EQ(mail_about(occasion, "en-GB").subject, "Portail d’Aix: removals wait for your decision");
}

TEST(Mail, HasWordsForEveryEventInBothLanguages) {
  for (const auto event : events())
    for (const char* language : {"fr", "en"}) {
      const Mail mail = mail_about({std::string(event), held_job(), "Aix", "url", "url"}, language);
      EXPECT_TRUE(mail.subject.starts_with("Aix")) << event << " " << language;
      EXPECT_FALSE(mail.text.starts_with("\n")) << event << " " << language;
      EXPECT_EQ(mail.text.find('{'), std::string::npos) << event << " " << language;
    }
}

TEST(Mail, LetsNoTitleBeginAHeaderOrALineOfItsOwn) {
  const Mail mail = mail_about({"failed", held_job(), "Evil\r\nBcc: all@example.org", "url", "url"}, "en");
  EXPECT_EQ(mail.subject, "Evil Bcc: all@example.org: the harvest failed");
  const std::string wire =
      wire_text({"ada@example.org\r\nBcc: b@example.org", "a\nb", "text"}, "m@example.org", "id", Instant{});
  EXPECT_EQ(wire.find("\nBcc"), std::string::npos) << wire;
}

TEST(Mail, IsWrittenAsTheStandardsSay) {
  const std::string wire =
      wire_text({"ada@example.org", "Été " + std::string(60, 'a'), "é\n.\n"}, "moisson@example.org", "1@example.org",
                Instant(std::chrono::seconds(1'714'566'896)));
  EXPECT_EQ(wire,
            "From: moisson@example.org\r\nTo: ada@example.org\r\n"
            "Subject: =?UTF-8?B?w4l0w6kgYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh?=\r\n "
            "=?UTF-8?B?YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFh?=\r\n"
            "Date: Wed, 01 May 2024 12:34:56 +0000\r\nMessage-ID: <1@example.org>\r\nAuto-Submitted: auto-generated\r\n"
            "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: "
            "base64\r\n\r\nw6kKLgo=\r\n");
}

}  // namespace
}  // namespace moisson::notify
