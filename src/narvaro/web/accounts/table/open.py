"""Pages that hold nobody's data, and what everyone who is signed in has."""

from narvaro.web.accounts.permissions import EVERYONE, Relation, allow, public

public("start")
public("language")
public("appearance")
public("hidden")
public("accessibility")
public("privacy")
public("counting")
public("health")
public("ready")
public("demo.sign_in")  # refuses outside the demo
public("gallery")  # refuses outside the demo
public("demo.day")  # refuses outside the demo

allow("home", (EVERYONE, Relation.SELF))
allow("account", (EVERYONE, Relation.SELF))
allow("account.act_as", (EVERYONE, Relation.SELF))
