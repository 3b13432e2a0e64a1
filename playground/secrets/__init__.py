"""Everything that knows a secret: find it, name its variable, keep it from being seen.

Three verbs, and no fourth:

* *mask* is for display: the places of a credential in a request or a model are known, and are hidden;
* *redact* is for streams and logs: a secret's text is known, and is replaced wherever it occurs, however it is spelled;
* *remove* is for answers that are kept or given away: nobody knows what the API has just made, so it goes by its name.

`detect` finds, `mask` and `markers` rewrite what is shown, `redact` cleans what comes back. `credentials` are the
values a visitor gives, `schemes` puts them into a message.
"""
