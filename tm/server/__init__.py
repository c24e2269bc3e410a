"""A memory over HTTP, for people in a browser and for programs: what ``tm serve`` runs.

In: requests. Out: answers that one call of ``tm.work`` or ``tm.memory`` gives: a route has no logic. Start with
``app.py``, then ``operations.py`` (the API), ``programs/`` (the protocols of other programs), ``pages/``.

A page is added so: a module of ``pages/`` has a ``PAGE``, which names its address, its template (in
``templates/``, extending ``workbench.html``) and the function that gives the template's values: it takes a ``Call``,
whose ``stores`` are the open memories and whose ``values`` are the parameters of the address, and calls
``tm.work``. ``pages/__init__.py`` lists it in ``PAGES``. Scripts and styles are files of ``static/``, at
``/static/NAME``; nothing may stand inline (Content-Security-Policy). What a page changes, it sends as JSON to
``/api/v1``, or to the ``OPERATIONS`` of its module, below ``/pages``.

Needs the extra ``web`` (starlette, uvicorn); nothing else of ``tm`` imports them.
"""
