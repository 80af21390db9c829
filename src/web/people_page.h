// Who may sign in and what they may, for administrators: the same as `moisson user`. Each needs a desk (web/context.h).
#pragma once

#include "web/page.h"

#include <moisson/http/message.h>

namespace moisson::web {

http::Response people_page(const Page& page);
http::Response invite_person(const Page& page);
http::Response change_person(const Page& page);  // their role; ends their sessions
http::Response erase_person(const Page& page);

}  // namespace moisson::web
