// The account of whoever is signed in: what they may, their tokens, their leaving. And the pages of the way in and out.
// All are for one person: no cache keeps them, and no search engine is offered them. Each needs a desk (web/context.h).
#pragma once

#include "web/page.h"

#include <moisson/http/message.h>

namespace moisson::web {

http::Response sign_in_page(const Page& page);
http::Response sign_in_start(const Page& page);     // to the provider
http::Response sign_in_callback(const Page& page);  // back from it
http::Response sign_out(const Page& page);
http::Response signed_out_page(const Page& page);

http::Response account_page(const Page& page);  // the notice, until it is taken
http::Response take_notice(const Page& page);
http::Response make_token(const Page& page);  // the account with the new token, told this once
http::Response revoke_token(const Page& page);
http::Response add_webhook(const Page& page);  // the account with the new secret, told this once
http::Response remove_webhook(const Page& page);
http::Response watch_events(const Page& page);  // what they want to be told of by mail
http::Response erase_account(const Page& page);

}  // namespace moisson::web
