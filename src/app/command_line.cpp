#include "app/command_line.h"

#include "api/dump.h"

#include <CLI/CLI.hpp>

#include <sstream>

namespace moisson::app {

namespace {

constexpr int wrong_usage = 64;  // EX_USAGE, sysexits(3)

constexpr const char* about =
    "Moisson harvests the open-data catalogs of many portals and makes them searchable as one.\n";

constexpr const char* closing =
    "\nExit codes: 0 done · 1 failed · 64 wrong usage · 78 wrong configuration."
    "\nOf harvest: 0 every source succeeded or had nothing new · 2 some partial, held or stopped · 1 some failed, "
    "unreachable or refused."
    "\nResults go to standard output, logs and progress to standard error.";

}  // namespace

std::variant<Arguments, Answer> read_command_line(int argc, const char* const* argv) {
  Arguments out;
  CLI::App app(about, "moisson");
  app.footer(closing);
  app.set_version_flag("--version", "moisson " MOISSON_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);

  std::string config;
  const auto command = [&](const char* name, const char* help, Command value) {
    auto* sub = app.add_subcommand(name, help);
    sub->callback([&out, value] { out.command = value; });
    if (value != Command::demo)
      sub->add_option("--config", config, "Configuration file (TOML; see config/moisson.toml)")
          ->required()
          ->check(CLI::ExistingFile);
    return sub;
  };
  const auto with_json = [&](CLI::App* sub) { sub->add_flag("--json", out.json, "Print the answer as JSON"); };
  const auto verb_of = [&](CLI::App* of, const char* name, const char* help) {
    auto* sub = of->add_subcommand(name, help);
    sub->callback([&out, name] { out.verb = name; });
    with_json(sub);
    return sub;
  };

  command("serve", "Schedule, project and answer over HTTP in one process; SIGTERM stops it", Command::serve);

  auto* harvest = command("harvest", "Harvest now, until searchable, and print a report", Command::harvest);
  harvest->add_option("source", out.sources, "Ids of sources; none: all active ones");
  harvest->add_option("--plan", out.plan, "Do exactly what this plan of a preview lists, and nothing else");
  harvest->add_flag("--full", out.full, "Read everything, even where the portal offers only what changed");
  with_json(harvest);

  auto* preview = command("preview", "Say what a harvest would do; nothing is written but the plan, kept for a week",
                          Command::preview);
  preview->add_option("source", out.sources, "Id of a source of the configuration")->expected(0, 1);
  preview->add_option("--kind", out.kind, "Kind of a portal that is not registered: ckan, dcat …");
  preview->add_option("--url", out.url, "Its address");
  preview->add_option("--limit", out.limit, "Read at most so many records");
  with_json(preview);

  auto* job = command("job", "List and show harvest jobs; decide the removals of a held one", Command::job);
  job->require_subcommand(1);
  const auto job_verb = [&](const char* name, const char* help, bool takes_id) {
    auto* sub = verb_of(job, name, help);
    if (takes_id) sub->add_option("id", out.job, "Number of the job")->required();
  };
  job_verb("list", "The latest jobs, newest first", false);
  job_verb("show", "One job with its report", true);
  job_verb("approve", "Let go what the held job found gone, at once or after the grace period", true);
  job_verb("reject", "Keep everything; the next run asks again", true);
  job_verb("undo", "Keep what the job removed and is still within its grace period", true);
  job_verb("stop", "Stop a running job at its next record", true);

  auto* search = command("search", "Search the catalog", Command::search);
  search->add_option("query", out.query, "Words, \"phrases\", -excluded, field:value")->required();
  search->add_option("--limit", out.limit, "How many results (1 to 100, default 10)")->check(CLI::Range(1, 100));
  search->add_flag("--explain", out.explain, "Say how each result was weighed");
  with_json(search);

  auto* source = command("source", "List and change the registered portals", Command::source);
  source->require_subcommand(1);
  const auto source_verb = [&](const char* name, const char* help) { return verb_of(source, name, help); };
  source_verb("list", "Every source with its state, last outcome and next run");
  auto* add = source_verb("add", "Register a portal outside the configuration file");
  add->add_option("id", out.id, "Id: a-z, 0-9 and -, 2 to 60 characters")->required();
  const auto described = [&](CLI::App* sub, bool anew) {
    sub->add_option("--kind", out.kind, "Kind: ckan, dcat …")->required(anew);
    sub->add_option("--url", out.url, "Address of the portal or its catalog")->required(anew);
    sub->add_option("--title", out.title, anew ? "What people see; default: the id" : "What people see");
    sub->add_option("--schedule", out.schedule, "manual, hourly, daily, weekly, PT6H or \"30 3 * * *\"");
    sub->add_option("--timezone", out.timezone, "Zone of cron, window and black-out times (IANA)");
    sub->add_option("--language", out.language, "Language of records that name none");
    sub->add_option("--territory", out.territory, "Place of records that name none");
    sub->add_option("--window", out.window, "When its runs may start: \"22:00-06:00\", \"sat-sun\"");
    sub->add_option("--blackout", out.blackout, "When no run of its host may start: \"mon-fri 08:00-18:00\"");
    sub->add_option("--grace-h", out.grace_h, "Hours that vanished records stay in the search")
        ->check(CLI::Range(0, 8784));
    sub->add_option("--option", out.options, "Option of the kind: NAME=VALUE, again for each value of a list");
    sub->add_option("--secret-file", out.secret_files, "Secret of the kind, read from a file: NAME=FILE");
  };
  described(add, true);
  add->add_flag("--draft", out.draft, "Do not harvest it before it is submitted and accepted");
  const auto of_source = [&](const char* name, const char* help) {
    auto* sub = source_verb(name, help);
    sub->add_option("id", out.id, "Id of the source")->required();
    return sub;
  };
  described(of_source("set", "Change what is said of it; what is not given stays"), false);
  of_source("submit", "Ask for a draft to be accepted");
  of_source("accept", "Accept a submitted one: it is harvested from now on");
  of_source("decline", "Decline a submitted one")
      ->add_option("--comment", out.comment, "What its operator should mend")
      ->required();
  of_source("pause", "Harvest it no more for now; its records stay");
  of_source("resume", "Harvest it again");
  auto* remove = of_source("remove", "Retire it; its records stay unless --purge is given");
  remove->add_flag("--purge", out.purge, "Remove its records too");

  auto* record =
      command("record", "Take one record out at once, let it back in, read it again, or part it from its copies",
              Command::record);
  record->require_subcommand(1);
  const auto record_verb = [&](const char* name, const char* help) {
    auto* sub = record->add_subcommand(name, help);
    sub->callback([&out, name] { out.verb = name; });
    sub->add_option("id", out.id, "Id of the record (UUID)")->required();
    with_json(sub);
    return sub;
  };
  record_verb("withdraw", "Take it out at once and everywhere; no harvest brings it back until it is released");
  record_verb("release", "Let the next harvest bring a withdrawn record back, under its id");
  record_verb("refresh", "Read it from its portal again");
  record_verb("family", "Its copies on other portals, and why each is taken for one");
  for (CLI::App* sub : {record_verb("separate", "Say that it and another record are two things, whatever they share"),
                        record_verb("join", "Take that back")})
    sub->add_option("other", out.other, "Id of the other record (UUID)")->required();

  command("reindex", "Build the index again from the store, the old one serving meanwhile", Command::reindex);
  auto* remap = command("remap", "Map the stored raw records again with today's mapping", Command::remap);
  remap->add_option("source", out.sources, "Ids of sources; none: all");
  with_json(remap);

  auto* dump = command("dump", "The whole catalog as one file, to standard output", Command::dump);
  dump->add_option("name", out.name, "Which one")->required()->check(CLI::IsMember(api::dump_names()));

  auto* user = command("user", "Who may sign in, and what they may", Command::user);
  user->require_subcommand(1);
  const auto of_user = [&](CLI::App* verb) {
    verb->add_option("mail", out.mail, "Mail address, as the OpenID provider tells it")->required();
  };
  const auto with_role = [&](CLI::App* verb, const char* help) {
    verb->add_option("--role", out.role, help)->check(CLI::IsMember({"reader", "operator", "administrator"}));
    verb->add_option("--source", out.sources, "Id of a source that the role is about, once for each; * for all")
        ->allow_extra_args(false);
  };
  const auto user_verb = [&](const char* name, const char* help) { return verb_of(user, name, help); };
  user_verb("list", "Everybody who may sign in");
  auto* invite = user_verb("add", "Let somebody in at their first sign-in");
  of_user(invite);
  with_role(invite, "What they may");
  invite->get_option("--role")->required();
  auto* change = user_verb("role", "Change what somebody may; ends their sessions");
  of_user(change);
  with_role(change, "What they may from now on");
  change->get_option("--role")->required();
  of_user(user_verb("remove", "Erase somebody with their sessions and tokens"));

  auto* token = command("token", "API tokens, by which programs show who they are", Command::token);
  token->require_subcommand(1);
  verb_of(token, "list", "Every token, without its secret");
  auto* mint = verb_of(token, "add", "Make a token; it is told this once");
  of_user(mint);
  mint->add_option("--name", out.name, "What it is for")->required();
  with_role(mint, "What it may, at most; default: reader");
  mint->add_option("--days", out.days, "Days that it lives")->check(CLI::Range(1, 366))->capture_default_str();
  verb_of(token, "revoke", "End a token")->add_option("id", out.id, "Its id, as listed")->required();

  auto* check = command("check", "Every error of the configuration at once", Command::check);
  check->add_flag("--online", out.online, "Also ask each portal one polite question");

  auto* demo = command("demo", "The demo portals, harvested and served", Command::demo);
  out.listen = "127.0.0.1:8080";
  demo->add_option("--listen", out.listen, "Where to serve, host:port")->capture_default_str();

  std::ostringstream text, errors;
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& parsed) {  // CLI11's door: help and version come this way too
    const int code = app.exit(parsed, text, errors);
    return code == 0 ? Answer{text.str(), 0, false} : Answer{errors.str() + text.str(), wrong_usage, true};
  }
  out.config = config;
  if (out.command == Command::preview && out.sources.empty() == (out.kind.empty() || out.url.empty()))
    return Answer{"preview: name a SOURCE, or give --kind and --url\nRun with --help for more information.\n",
                  wrong_usage, true};
  return out;
}

}  // namespace moisson::app
