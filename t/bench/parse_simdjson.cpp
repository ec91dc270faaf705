// The limit for the bench of `crossfoot batch`: simdjson On-Demand finds the structure of each line of an NDJSON file and
// goes over the members of its object. It reads no text and no number, and looks into no value.
//
//     usage: parse_simdjson FILE
#include <cstdio>
#include <simdjson.h>

using namespace simdjson;

int main(int argc, char **argv)
{
    if (argc != 2)
        return 2;
    ondemand::parser parser;
    padded_string bytes = padded_string::load(argv[1]);
    ondemand::document_stream documents;
    if (parser.iterate_many(bytes, 1 << 20).get(documents))
        return 2;
    size_t members = 0;
    for (auto document : documents) {
        ondemand::object root = document.get_object();
        for (auto field : root) {
            if (field.error())
                return 1;
            members++;
        }
    }
    std::fprintf(stderr, "%zu members\n", members);
}
