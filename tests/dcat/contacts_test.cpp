#include "dcat/contacts.h"

#include <gtest/gtest.h>

namespace moisson::dcat {
namespace {

TEST(Contacts, AreTakenOutOfATextAndNothingElseIs) {
  for (const auto& [text, left] : {
           std::pair("mailto:ada.l+x@ville-brive.fr", "mailto:…@…"),
           {"{\"email\":\"a@b.fr\",\"n\":1}", "{\"email\":\"…@…\",\"n\":1}"},
           {"https://medium.com/@ville", "https://medium.com/@ville"},
           {"me@home", "me@home"},
           {"@", "@"},
           {"tél. 05 55 01 02 03.", "tél. …."},
           {"0555010203", "…"},
           {"05.55.01.02.03/04", "…/04"},
           {"+33 5 55 01 02 03", "…"},
           {"tel:+33-555-010-203", "tel:…"},
           {"2024-05-01T12:00:00+02:00", "2024-05-01T12:00:00+02:00"},
           {"01-02-2020 10:30", "01-02-2020 10:30"},
           {"21190031300014", "21190031300014"},
           {"8a0555010203", "8a0555010203"},
           {"", ""},
       })
    EXPECT_EQ(without_contacts(text), left) << text;
}

}  // namespace
}  // namespace moisson::dcat
