/** Made of the API's document by `npm run client`; not to be written by hand. */

export interface paths {
    "/api/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List keys
         * @description Active keys of the organization by when they were made, oldest first; then those that were revoked.
         *
         *     Open to members and admin keys. Needs the scope `keys:read`.
         */
        get: operations["listKeys"];
        put?: never;
        /**
         * Create a key
         * @description The answer shows the key's plain value, this once. Nobody gives a key more than they have themselves.
         *
         *     Open to members and admin keys. Needs the scope `keys:write`.
         *
         *     Recorded in the audit log as `key.create`.
         */
        post: operations["createKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a key
         * @description Open to members and admin keys. Needs the scope `keys:read`.
         */
        get: operations["getKey"];
        put?: never;
        post?: never;
        /**
         * Revoke a key
         * @description Ends it for good: its next request is refused. Saying so again is no error.
         *
         *     Open to members and admin keys. Needs the scope `keys:write`.
         *
         *     Recorded in the audit log as `key.revoke`.
         */
        delete: operations["revokeKey"];
        options?: never;
        head?: never;
        /**
         * Change a key
         * @description Changes what is named, and holds from the key's next request on. Nobody gives a key more than they have themselves.
         *
         *     Open to members and admin keys. Needs the scope `keys:write`.
         *
         *     Recorded in the audit log as `key.update`.
         */
        patch: operations["updateKey"];
        trace?: never;
    };
    "/api/v1/keys/{keyId}/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate a key
         * @description Makes a successor with the same label, scopes, limits and length of life, and ends the old key.
         *
         *     Open to members and admin keys. Needs the scope `keys:write`.
         *
         *     Recorded in the audit log as `key.rotate`.
         */
        post: operations["rotateKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/keys/self-revoke": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Revoke the key that asks
         * @description Whoever holds a key may end it, from wherever they are and even while it is over its limit.
         *
         *     Open to keys that are secret.
         *
         *     Recorded in the audit log as `key.revoke`.
         */
        post: operations["selfRevokeKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign up
         * @description With a new organization, or by an invitation into one. Answers alike whether or not the address is taken, and mails a code that confirms it.
         *
         *     Open to anybody, limited by address.
         */
        post: operations["signUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm an address
         * @description Open to anybody, limited by address.
         */
        post: operations["confirmSignUp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Opens a session, which is kept in two HttpOnly cookies.
         *
         *     Open to anybody, limited by address.
         */
        post: operations["logIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh a session
         * @description Exchanges both cookies for new ones. A refresh token works once; used twice it ends its session, but for the same caller within ten seconds.
         *
         *     Open to anybody, limited by address.
         */
        post: operations["refreshSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign out
         * @description Ends the session of the refresh cookie, if there is one, and clears both cookies.
         *
         *     Open to anybody, limited by address.
         */
        post: operations["logOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/forgot-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a new password
         * @description Mails a code, if there is such an account, and answers alike if there is none.
         *
         *     Open to anybody, limited by address.
         */
        post: operations["forgotPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set a new password
         * @description Ends every session of the person.
         *
         *     Open to anybody, limited by address.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign in with a browser
         * @description For a browser to open, not a script: leads to the hosted login, or to the API's own page.
         *
         *     Open to anybody, limited by address.
         */
        get: operations["startLogIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Come back from the hosted login
         * @description Where the hosted login sends the browser.
         *
         *     Open to anybody, limited by address.
         */
        get: operations["finishLogIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who is signed in
         * @description Open to members. A member need not belong to an organization.
         */
        get: operations["getMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one's sessions
         * @description Oldest first, at most 100.
         *
         *     Open to members. A member need not belong to an organization.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * End all of one's sessions
         * @description And every earlier sign-in with the user pool.
         *
         *     Open to members. A member need not belong to an organization.
         *
         *     Recorded in the audit log as `session.end_all`.
         */
        delete: operations["endAllSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/auth/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one of one's sessions
         * @description Open to members. A member need not belong to an organization.
         *
         *     Recorded in the audit log as `session.end`.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a session token
         * @description For a server: one bearer token that stands for a session.
         *
         *     Open to anybody, limited by address.
         */
        post: operations["createSessionToken"];
        /**
         * End the session that asks
         * @description Open to members. A member need not belong to an organization.
         */
        delete: operations["deleteSessionToken"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organization": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the organization
         * @description Open to members and admin keys. Needs the scope `organization:read`.
         */
        get: operations["getOrganization"];
        put?: never;
        /**
         * Create one's organization
         * @description For a person who belongs to none. They are its owner.
         *
         *     Open to members. A member need not belong to an organization.
         */
        post: operations["createOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the organization
         * @description Open to members. Needs the scope `organization:write`.
         *
         *     Recorded in the audit log as `organization.update`.
         */
        patch: operations["updateOrganization"];
        trace?: never;
    };
    "/api/v1/organization/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List members
         * @description A page may be short though more follow.
         *
         *     Open to members. Needs the scope `members:read`.
         */
        get: operations["listMembers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organization/members/{memberId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove a member
         * @description They are signed out everywhere. The keys that they made stay.
         *
         *     Open to members. Needs the scope `members:write`.
         *
         *     Recorded in the audit log as `member.remove`.
         */
        delete: operations["removeMember"];
        options?: never;
        head?: never;
        /**
         * Give a member another role
         * @description They are signed out everywhere, and are what they are now from their next sign-in on.
         *
         *     Open to members. Needs the scope `members:write`.
         *
         *     Recorded in the audit log as `member.change_role`.
         */
        patch: operations["changeRole"];
        trace?: never;
    };
    "/api/v1/organization/leave": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Leave the organization
         * @description Open to members.
         *
         *     Recorded in the audit log as `member.leave`.
         */
        post: operations["leaveOrganization"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organization/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List invitations
         * @description Those that can be accepted, at most 100.
         *
         *     Open to members. Needs the scope `members:read`.
         */
        get: operations["listInvitations"];
        put?: never;
        /**
         * Invite somebody
         * @description By mail, for one address and for a week. A later invitation of the address takes its place.
         *
         *     Open to members. Needs the scope `members:write`.
         *
         *     Recorded in the audit log as `invitation.create`.
         */
        post: operations["inviteMember"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organization/invitations/{invitationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an invitation
         * @description Open to members. Needs the scope `members:write`.
         *
         *     Recorded in the audit log as `invitation.revoke`.
         */
        delete: operations["revokeInvitation"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organization/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description For a person who is signed in with the address that was invited, and belongs to no organization.
         *
         *     Open to members. A member need not belong to an organization.
         */
        post: operations["acceptInvitation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organization/user-pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List user pools
         * @description The Cognito user pools that the organization brings with it.
         *
         *     Open to members and admin keys. Needs the scope `organization:read`.
         */
        get: operations["listUserPools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/organization/user-pools/{userPoolId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Register a user pool
         * @description From then on tokens of the pool are this organization's, and no other's. A pool that another organization has registered moves with a `proof` only.
         *
         *     Open to members. Needs the scope `organization:write`.
         *
         *     Recorded in the audit log as `user_pool.register`.
         */
        put: operations["registerUserPool"];
        post?: never;
        /**
         * Remove a user pool
         * @description Tokens of the pool are refused from then on. Saying so again is no error.
         *
         *     Open to members. Needs the scope `organization:write`.
         *
         *     Recorded in the audit log as `user_pool.remove`.
         */
        delete: operations["removeUserPool"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumer/guest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open a guest's session
         * @description For somebody of whom nothing is known yet.
         *
         *     Open to publishable keys and keys that are secret. Needs the scope `consumer-sessions:write`.
         */
        post: operations["openGuestSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumer/otp": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a code
         * @description Six digits, good for ten minutes, five attempts and one use. Answers alike whether or not anybody is known there.
         *
         *     Open to publishable keys and keys that are secret. Needs the scope `consumer-sessions:write`.
         */
        post: operations["requestOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumer/otp/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in with a code
         * @description Open to publishable keys and keys that are secret. Needs the scope `consumer-sessions:write`.
         */
        post: operations["verifyOtp"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumer/exchange-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say who somebody is
         * @description A server that has signed somebody in gets a code, and their browser tokens for it. What the server says of somebody is taken as verified.
         *
         *     Open to keys that are secret. Needs the scope `consumers:write`.
         */
        post: operations["createExchangeCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumer/exchange": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchange a server's code for tokens
         * @description Open to publishable keys and keys that are secret. Needs the scope `consumer-sessions:write`.
         */
        post: operations["exchangeCode"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumer/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Refresh a consumer's session
         * @description A refresh token works once; used twice it ends its session, but for the same caller within ten seconds.
         *
         *     Open to publishable keys and keys that are secret. Needs the scope `consumer-sessions:write`.
         */
        post: operations["refreshConsumer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumer/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a consumer out
         * @description Ends the session of the access token.
         *
         *     Open to consumers and guests.
         */
        post: operations["logOutConsumer"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/consumer/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show who the access token is of
         * @description Open to consumers and guests.
         */
        get: operations["getConsumerMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/consumers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List or find consumers
         * @description Oldest first; or the one who has an address, a number or an id. A page may be short though more follow.
         *
         *     Open to keys that are secret and members. Needs the scope `consumers:read`.
         */
        get: operations["listConsumers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/consumers/{consumerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a consumer
         * @description Open to keys that are secret and members. Needs the scope `consumers:read`.
         */
        get: operations["getConsumer"];
        put?: never;
        post?: never;
        /**
         * Delete a consumer
         * @description With all that is known of them. (Ended sessions keep device and address for a week.)
         *
         *     Open to keys that are secret and members. Needs the scope `consumers:write`.
         *
         *     Recorded in the audit log as `consumer.delete`.
         */
        delete: operations["deleteConsumer"];
        options?: never;
        head?: never;
        /**
         * Change a consumer
         * @description One who is disabled is signed out, and cannot sign in.
         *
         *     Open to keys that are secret and members. Needs the scope `consumers:write`.
         *
         *     Recorded in the audit log as `consumer.update`.
         */
        patch: operations["updateConsumer"];
        trace?: never;
    };
    "/api/v1/admin/consumers/{consumerId}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a consumer's sessions
         * @description Oldest first, at most 100.
         *
         *     Open to keys that are secret and members. Needs the scope `consumers:read`.
         */
        get: operations["listConsumerSessions"];
        put?: never;
        post?: never;
        /**
         * End all of a consumer's sessions
         * @description Open to keys that are secret and members. Needs the scope `consumers:write`.
         *
         *     Recorded in the audit log as `consumer.end_sessions`.
         */
        delete: operations["endConsumerSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/admin/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End one session
         * @description Open to keys that are secret and members. Needs the scope `consumers:write`.
         *
         *     Recorded in the audit log as `consumer.end_session`.
         */
        delete: operations["endConsumerSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sdk/track": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Track usage
         * @description Counts one event. Send an `Idempotency-Key` with it, and sending it again counts it once.
         *
         *     Open to keys that are secret and widget tokens. Needs the scope `usage.write`.
         */
        post: operations["trackUsage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sum usage up
         * @description By day, meter, customer or key. A widget token sees its own customer's alone.
         *
         *     Open to keys that are secret, members and widget tokens. Needs the scope `usage.read`.
         */
        get: operations["listUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/widget/token": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Create a widget token
         * @description For a page that shows a customer their own usage: 15 minutes, and no more scopes than the key has.
         *
         *     Open to keys that are secret. Needs the scope `usage.write`.
         */
        post: operations["createWidgetToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List audit events
         * @description What was changed, by whom and when, newest first. An event is written before what it says is done.
         *
         *     Open to members. Needs the scope `audit:read`.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/signin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign in
         * @description Open to anybody, limited by address.
         */
        get: operations["showSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/signup": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign up
         * @description Open to anybody, limited by address.
         */
        get: operations["showSignUp"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Set a new password
         * @description Open to anybody, limited by address.
         */
        get: operations["showPasswordReset"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/invitation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Accept an invitation
         * @description Open to anybody, limited by address.
         */
        get: operations["showInvitation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/auth/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show one's account
         * @description Open to anybody, limited by address.
         */
        get: operations["showAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/get-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Give an app a key
         * @description An app on a person's own computer or phone opens this. When they are signed in and have agreed, the browser goes to `redirect` with `key` in its query, or with `error=access_denied`.
         *
         *     Open to anybody, limited by address.
         */
        get: operations["showGetKey"];
        put?: never;
        /**
         * Give an app a key
         * @description What the page at `GET /get-key` asks for when the person has agreed. The app is a registered one.
         *
         *     Open to members. Needs the scope `keys:write`.
         *
         *     Recorded in the audit log as `key.create`.
         */
        post: operations["grantAppKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say that the API is up
         * @description Open to anybody, without a limit.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show the public keys of the deployment's issuer
         * @description Access tokens, and keys that are JWTs, can be verified with them.
         *
         *     Open to anybody, limited by address.
         */
        get: operations["getKeySet"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show this document
         * @description Open to anybody, limited by address.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show where members sign in, and what keys can be
         * @description Open to anybody, limited by address.
         */
        get: operations["getConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/items": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List items
         * @description Open to keys that are secret, publishable keys, members, consumers and guests. Needs the scope `items:read`.
         */
        get: operations["listItems"];
        put?: never;
        /**
         * Create an item
         * @description Open to keys that are secret and members. Needs the scope `items:write`.
         */
        post: operations["createItem"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "token": "x7Yk2Lm9Qp4Rs1Tu8VwZ.0123456789abcdefghijklmnopqrstuv"
         *     }
         */
        AcceptInvitation: {
            /** @description What follows the `#` in the invitation's address. */
            token: string;
        };
        /**
         * @example {
         *       "redirect": "myapp://callback",
         *       "state": "f3a9"
         *     }
         */
        AppKey: {
            /** @description Where the app waits for its key. It has to be registered. */
            redirect: string;
            /** @description Comes back to the app as it is, so that it knows its own request again. */
            state?: string;
        };
        AuditEvent: {
            eventId: string;
            /**
             * Format: date-time
             * @description To the millisecond.
             * @example 2026-11-24T03:00:00.123Z
             */
            at: string;
            /** @example key.create */
            action: string;
            actor: {
                /**
                 * @description `operator`: who runs this deployment.
                 * @enum {string}
                 */
                type: "member" | "key" | "operator";
                /** @description A member's id, a key's, or `operator`. */
                id: string;
                role?: components["schemas"]["Role"];
            };
            /** @enum {string} */
            mode?: "live" | "test";
            /** @description What the path named, such as a key's id. */
            target?: string;
            /** @description The id of what it made. */
            created?: string;
            /**
             * @description `unknown`: it was begun, and nobody has said how it ended.
             * @enum {string}
             */
            outcome: "succeeded" | "failed" | "unknown";
            /** @description Why it failed: the error's code. */
            code?: string;
            /** @description Fields of the request. No secret is among them. */
            details?: {
                [key: string]: unknown;
            };
            /** @description Where the request came from. */
            address?: string;
            /** @description What the caller said that it is: its `User-Agent`. */
            device?: string;
            requestId?: string;
        };
        /** @description Newest first. A page may be short, even empty, and still have a `nextCursor`. */
        AuditEventList: {
            auditEvents: components["schemas"]["AuditEvent"][];
            /** @description Send it as `cursor` to get the next page. Absent on the last one. */
            nextCursor?: string;
        };
        /**
         * @example {
         *       "role": "developer"
         *     }
         */
        ChangeRole: {
            /**
             * @description What they are in the organization. Only owners make owners, and unmake them.
             * @enum {string}
             */
            role: "owner" | "admin" | "developer" | "viewer";
        };
        ChangedRole: {
            /** @example 476a84a1-9379-4853-bd10-ca13156f5732 */
            id: string;
            role: components["schemas"]["Role"];
        };
        /** @description What a page or a script must know to sign a member in and to show keys. Nothing in it is secret. */
        Config: {
            /** @description Of AWS. */
            region: string;
            userPoolId: string;
            clientId: string;
            /** @description Where the user pool's API answers. */
            cognitoEndpoint: string;
            /** @description Where a browser signs in; null where the user pool has no pages. */
            loginUrl: string | null;
            profile: string;
            /**
             * Format: uri
             * @description Where keys call the API. The operations that people need are at the page's own address too.
             */
            apiUrl: string;
            /** @description Paths of operations that are not where this API has them by default. */
            paths: {
                [key: string]: string;
            };
            keyTypes: {
                type: components["schemas"]["KeyType"];
                /** @description What such a key begins with, before `_live_` or `_test_`. */
                prefix: string;
                /** @description Scopes that such a key can have. */
                scopes: string[];
            }[];
            keyFormat: components["schemas"]["KeyFormat"];
            keyHeaders: {
                secret: string[];
                publishable: string;
            };
            tiers: {
                development: components["schemas"]["Limits"];
                production: components["schemas"]["Limits"];
            };
            /** @description The tier of a key that names neither tier nor limits, by its mode. */
            defaultTier: {
                /** @enum {string} */
                test: "development" | "production";
                /** @enum {string} */
                live: "development" | "production";
            };
            /** @description Scopes that members can have. */
            memberScopes: string[];
            /** @description Apps that may ask a member for a key. */
            apps: {
                name: string;
                redirect: string;
                /**
                 * @description What its holder may do. `*` stands for every scope that the holder's type can have.
                 * @example [
                 *       "items:read",
                 *       "items:write"
                 *     ]
                 */
                scopes: string[];
            }[];
            /** @description In seconds. */
            memberSessions: {
                /** @description Of an access token. */
                access: number;
                /** @description Of a session since it was last refreshed. */
                refresh: number;
                /** @description For how long a session can be refreshed at all. */
                absolute: number;
                /** @description Of a session token. */
                token: number;
            };
            /** @description In seconds. */
            consumerSessions: {
                /** @description Of an access token. */
                access: number;
                /** @description Of a session since it was last refreshed. */
                refresh: number;
                /** @description For how long a session can be refreshed at all. */
                absolute: number;
            };
            /** @description A path that a key may GET, to try a key. */
            sampleRequest: string;
        };
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "code": "123456"
         *     }
         */
        ConfirmSignUp: {
            /**
             * Format: email
             * @description The person's e-mail address.
             */
            email: string;
            /** @description The code that was mailed. */
            code: string;
            /** @description The id that sign-up answered: confirms that sign-up, and none that somebody else made for the address. */
            userId?: string;
        };
        /** @description A consumer, as their organization sees them. */
        Consumer: {
            /** @example con_5tGb9Yhn2UjmK7iLo0Pq */
            id: string;
            /** @description Whether nothing is known of them but this session. */
            isGuest: boolean;
            /** Format: email */
            email?: string;
            /**
             * @description In E.164.
             * @example +12015550123
             */
            phone?: string;
            /** @description The organization's own id of them. */
            externalId?: string;
            mode: components["schemas"]["Mode"];
            isDisabled: boolean;
            /** @description What the organization has noted of them. */
            attributes: {
                [key: string]: string | number | boolean;
            };
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            createdAt: string;
        };
        ConsumerList: {
            consumers: components["schemas"]["Consumer"][];
            /** @description Send it as `cursor` to get the next page. Absent on the last one. */
            nextCursor?: string;
        };
        /** @description A consumer, as they see themselves. */
        ConsumerProfile: {
            /** @example con_5tGb9Yhn2UjmK7iLo0Pq */
            id: string;
            /** @description Whether nothing is known of them but this session. */
            isGuest: boolean;
            /** Format: email */
            email?: string;
            /**
             * @description In E.164.
             * @example +12015550123
             */
            phone?: string;
            /** @description The organization's own id of them. */
            externalId?: string;
        };
        /** @description What the organization has set for its consumers; the deployment's own where it has not. */
        ConsumerSettings: {
            /** @description How long consumers' access tokens last, in seconds. */
            access?: number;
            /** @description How long their refresh tokens last, in seconds. */
            refresh?: number;
            /** @description Texts in which `{code}` and `{organization}` stand for what they say. */
            messages?: {
                emailSubject?: string;
                emailText?: string;
                smsText?: string;
            };
        };
        ConsumerTokens: {
            /** @description A JWT by the deployment's issuer. Send it as a bearer token. */
            accessToken: string;
            /** @description For the next tokens, once. Used twice, it ends the session. */
            refreshToken: string;
            /** @description How long the access token lasts, in seconds. */
            expiresIn: number;
            consumer: components["schemas"]["ConsumerProfile"];
        };
        /**
         * @example {
         *       "externalId": "customer-4711",
         *       "email": "ada@example.com",
         *       "attributes": {
         *         "vip": true
         *       }
         *     }
         */
        CreateExchangeCode: {
            /** @description The organization's own id of them. */
            externalId: string;
            /**
             * Format: email
             * @description Their e-mail address, verified.
             */
            email?: string;
            /** @description Their phone number with its country, verified. */
            phone?: string;
            /** @description At most 30 texts, numbers and booleans by names of your own. Added to those before. */
            attributes?: {
                [key: string]: string | number | boolean;
            };
        };
        /**
         * @example {
         *       "name": "a box"
         *     }
         */
        CreateItem: {
            /** @description What it is called. */
            name: string;
        };
        /**
         * @example {
         *       "label": "warehouse-integration",
         *       "expiresInDays": 90
         *     }
         */
        CreateKey: {
            /** @description What to call it. */
            label: string;
            /**
             * @description What kind of key it is. A restricted key lists its `scopes`.
             * @default secret
             * @enum {string}
             */
            type?: "secret" | "publishable" | "restricted" | "admin";
            /**
             * @description A key that is a `jwt` can be verified by anybody. A publishable key is opaque.
             * @enum {string}
             */
            format?: "opaque" | "jwt";
            /**
             * @description Whose data it sees. Without: `live`, or the mode of the admin key that makes it.
             * @enum {string}
             */
            mode?: "live" | "test";
            /** @description What the key may do, such as `items:read`. Without: all that its maker can give a key of its type. */
            scopes?: string[];
            /** @description Networks that the key works from, IPv4 or IPv6. Without: any. */
            allowedCidrs?: string[];
            /** @description Origins that a publishable key works from. Without: any. */
            allowedOrigins?: string[];
            /**
             * @description A tier, whose limits the key has. Not with `limits`.
             * @enum {string}
             */
            tier?: "development" | "production";
            /** @description Limits of the key's own, in the place of a tier. Not with `tier`. */
            limits?: {
                perMinute: number;
                perHour: number;
            };
            /** @description After so many days it ends. Without: never. */
            expiresInDays?: number;
        };
        /**
         * @example {
         *       "name": "Acme"
         *     }
         */
        CreateOrganization: {
            /** @description What it is called. */
            name: string;
        };
        /**
         * @example {
         *       "username": "ada@example.com",
         *       "password": "Correct-horse-battery-1"
         *     }
         */
        CreateSessionToken: {
            /**
             * Format: email
             * @description The person's e-mail address.
             */
            username: string;
            /** @description Their password. */
            password: string;
        };
        /**
         * @example {
         *       "customer_external_id": "customer-4711"
         *     }
         */
        CreateWidgetToken: {
            /** @description The one customer whose usage it is for. */
            customer_external_id: string;
            /** @description What it may do: of what the key may. */
            scopes?: string[];
        };
        ExchangeCode: {
            /** @description For the consumer's browser, once. */
            code: string;
            /** @description For how long it is good, in seconds. */
            expiresIn: number;
        };
        /**
         * @example {
         *       "code": "mZ0n2bq7cVYJx1l4TtK9s8wHfR3uPdEaGjQo5iMvXyA"
         *     }
         */
        ExchangeCodeRequest: {
            /** @description The code that the server was given. */
            code: string;
            /** @description The refresh token of a guest's session, which ends. */
            guestToken?: string;
        };
        /**
         * @example {
         *       "email": "ada@example.com"
         *     }
         */
        ForgotPassword: {
            /**
             * Format: email
             * @description The person's e-mail address.
             */
            email: string;
        };
        GrantedAppKey: {
            /** @description Where to send the browser: the app's redirect target with the key, and its `state`, in the query. */
            redirect: string;
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        Invitation: {
            /** @example inv_x7Yk2Lm9Qp4Rs1Tu8VwZ */
            invitationId: string;
            /** Format: email */
            email: string;
            role: components["schemas"]["Role"];
            /** @example 476a84a1-9379-4853-bd10-ca13156f5732 */
            invitedBy: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            invitedAt: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            expiresAt: string;
        };
        InvitationList: {
            invitations: components["schemas"]["Invitation"][];
        };
        /**
         * @example {
         *       "email": "grace@example.com",
         *       "role": "developer"
         *     }
         */
        InviteMember: {
            /**
             * Format: email
             * @description Whom to invite.
             */
            email: string;
            /**
             * @description What they are in the organization. Only owners make owners, and unmake them.
             * @enum {string}
             */
            role: "owner" | "admin" | "developer" | "viewer";
        };
        /** @description An API key that was just made. */
        IssuedKey: {
            /** @example key_dou0s9oVeV */
            keyId: string;
            /** @description The key itself, shown this once. Keep it: it cannot be had again. */
            apiKey: string;
            /** @description How the key begins: enough to tell it from others, and no part of its secret. */
            keyPrefix: string;
            /** @description What its maker called it. */
            label: string;
            /** @description False once it is revoked or has expired, for good. */
            isActive: boolean;
            type: components["schemas"]["KeyType"];
            format: components["schemas"]["KeyFormat"];
            mode: components["schemas"]["Mode"];
            /**
             * @description What its holder may do. `*` stands for every scope that the holder's type can have.
             * @example [
             *       "items:read",
             *       "items:write"
             *     ]
             */
            scopes: string[];
            /**
             * @description The tier whose limits the key has; `custom` where it is no tier's.
             * @enum {string}
             */
            tier: "development" | "production" | "custom";
            limits: components["schemas"]["Limits"];
            /** @description Requests that were charged to the key. */
            spent: {
                /** @description In the current minute of UTC. */
                minute: number;
                /** @description In the current hour of UTC. */
                hour: number;
            };
            /**
             * @description Networks that the key works from. Absent: any.
             * @example [
             *       "192.0.2.0/24",
             *       "2001:db8::/32"
             *     ]
             */
            allowedCidrs?: string[];
            /**
             * @description Origins that a publishable key works from. Absent: any.
             * @example [
             *       "https://shop.example.com"
             *     ]
             */
            allowedOrigins?: string[];
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            createdAt: string;
            /** @description The member or the admin key that made it. */
            createdBy: string;
            /**
             * Format: date-time
             * @description Absent: it has no end.
             * @example 2026-04-03T12:00:00Z
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description Absent: it was never used.
             * @example 2026-04-03T12:00:00Z
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            revokedAt?: string;
            /**
             * @description The key that this one took over from.
             * @example key_dou0s9oVeV
             */
            replaces?: string;
            /**
             * @description The key that took over from this one.
             * @example key_dou0s9oVeV
             */
            replacedBy?: string;
        };
        Item: {
            /** @example item_2bX9kLm4Qz7Rt1Vy */
            id: string;
            name: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            createdAt: string;
        };
        ItemList: {
            items: components["schemas"]["Item"][];
            /** @description Send it as `cursor` to get the next page. Absent on the last one. */
            nextCursor?: string;
        };
        /** @description An API key. Its plain value was in the answer that made it, and is nowhere else. */
        Key: {
            /** @example key_dou0s9oVeV */
            keyId: string;
            /** @description How the key begins: enough to tell it from others, and no part of its secret. */
            keyPrefix: string;
            /** @description What its maker called it. */
            label: string;
            /** @description False once it is revoked or has expired, for good. */
            isActive: boolean;
            type: components["schemas"]["KeyType"];
            format: components["schemas"]["KeyFormat"];
            mode: components["schemas"]["Mode"];
            /**
             * @description What its holder may do. `*` stands for every scope that the holder's type can have.
             * @example [
             *       "items:read",
             *       "items:write"
             *     ]
             */
            scopes: string[];
            /**
             * @description The tier whose limits the key has; `custom` where it is no tier's.
             * @enum {string}
             */
            tier: "development" | "production" | "custom";
            limits: components["schemas"]["Limits"];
            /** @description Requests that were charged to the key. */
            spent: {
                /** @description In the current minute of UTC. */
                minute: number;
                /** @description In the current hour of UTC. */
                hour: number;
            };
            /**
             * @description Networks that the key works from. Absent: any.
             * @example [
             *       "192.0.2.0/24",
             *       "2001:db8::/32"
             *     ]
             */
            allowedCidrs?: string[];
            /**
             * @description Origins that a publishable key works from. Absent: any.
             * @example [
             *       "https://shop.example.com"
             *     ]
             */
            allowedOrigins?: string[];
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            createdAt: string;
            /** @description The member or the admin key that made it. */
            createdBy: string;
            /**
             * Format: date-time
             * @description Absent: it has no end.
             * @example 2026-04-03T12:00:00Z
             */
            expiresAt?: string;
            /**
             * Format: date-time
             * @description Absent: it was never used.
             * @example 2026-04-03T12:00:00Z
             */
            lastUsedAt?: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            revokedAt?: string;
            /**
             * @description The key that this one took over from.
             * @example key_dou0s9oVeV
             */
            replaces?: string;
            /**
             * @description The key that took over from this one.
             * @example key_dou0s9oVeV
             */
            replacedBy?: string;
        };
        /**
         * @description A key that is a `jwt` can be verified by anybody with the public key set.
         * @enum {string}
         */
        KeyFormat: "opaque" | "jwt";
        KeyList: {
            keys: components["schemas"]["Key"][];
            /** @description Send it as `cursor` to get the next page. Absent on the last one. */
            nextCursor?: string;
        };
        /** @description A JSON Web Key Set, RFC 7517. A key is in it long before it signs, and stays. */
        KeySet: {
            keys: {
                /** @constant */
                kty: "EC";
                /** @constant */
                crv: "P-256";
                x: string;
                y: string;
                kid: string;
                /** @constant */
                use: "sig";
                /** @constant */
                alg: "ES256";
            }[];
        };
        /** @enum {string} */
        KeyType: "secret" | "publishable" | "restricted" | "admin";
        Limits: {
            /** @description Requests in one minute of UTC. */
            perMinute: number;
            /** @description Requests in one hour of UTC. */
            perHour: number;
        };
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "password": "Correct-horse-battery-1"
         *     }
         */
        LogIn: {
            /**
             * Format: email
             * @description The person's e-mail address.
             */
            email: string;
            /** @description Their password. */
            password: string;
        };
        LoggedIn: {
            user: {
                /** @example 476a84a1-9379-4853-bd10-ca13156f5732 */
                id: string;
                /** Format: email */
                email: string;
            };
            /** @description null for who belongs to none. */
            organization: {
                /** @example org_8kQ2mZr4TfW1xYcB */
                id: string;
                name: string;
            } | null;
        };
        Me: {
            user: {
                /** @example 476a84a1-9379-4853-bd10-ca13156f5732 */
                id: string;
                /** @description null where the user pool knows none. */
                email: string | null;
            };
            /** @description null for who belongs to none. */
            organization: {
                /** @example org_8kQ2mZr4TfW1xYcB */
                id: string;
                name: string;
            } | null;
            role?: components["schemas"]["Role"];
        };
        Member: {
            /** @example 476a84a1-9379-4853-bd10-ca13156f5732 */
            id: string;
            /** @description As it was when they joined; null where it was not known. */
            email: string | null;
            role: components["schemas"]["Role"];
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            joinedAt?: string;
        };
        MemberList: {
            members: components["schemas"]["Member"][];
            /** @description Send it as `cursor` to get the next page. Absent on the last one. */
            nextCursor?: string;
        };
        /**
         * @description Live and test never see each other's data.
         * @enum {string}
         */
        Mode: "live" | "test";
        /** @description This document. */
        OpenApiDocument: {
            /** @example 3.1.1 */
            openapi: string;
        } & {
            [key: string]: unknown;
        };
        /** @example {} */
        OpenGuestSession: Record<string, never>;
        Organization: {
            /** @example org_8kQ2mZr4TfW1xYcB */
            id: string;
            name: string;
            consumers?: components["schemas"]["ConsumerSettings"];
            /** @description What the caller is in it. Absent for a key. */
            role?: components["schemas"]["Role"];
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            createdAt: string;
        };
        OwnSession: {
            /** @example ses_3cV8bN1mQ6wE9rT2yU5i */
            sessionId: string;
            /** @description Whether it is the one that this request came by. */
            isCurrent: boolean;
            /** @description What the caller said that it is: its `User-Agent`. */
            device?: string;
            /**
             * @description Where it was opened from.
             * @example 192.0.2.7
             */
            address?: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was opened or last refreshed.
             * @example 2026-04-03T12:00:00Z
             */
            lastUsedAt: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            expiresAt: string;
        };
        OwnSessionList: {
            sessions: components["schemas"]["OwnSession"][];
        };
        /** @description Problem details, RFC 9457. */
        Problem: {
            /**
             * Format: uri
             * @description `https://developers.fractalpack.com/errors/` and the code.
             */
            type: string;
            /** @description The status's name. */
            title: string;
            status: number;
            /** @description For a person to read. */
            detail: string;
            /** @description The request's id. */
            instance: string;
            /**
             * @description Stable: what a program goes by.
             * @enum {string}
             */
            code: "malformed_body" | "invalid_login" | "invalid_redirect" | "unauthorized" | "invalid_credentials" | "invalid_session" | "challenge_required" | "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed" | "consumer_disabled" | "request_blocked" | "not_found" | "organization_exists" | "last_owner" | "user_pool_taken" | "consumer_conflict" | "quota_exceeded" | "key_inactive" | "key_already_rotated" | "payload_too_large" | "unsupported_media_type" | "invalid_code" | "invalid_invitation" | "validation_failed" | "idempotency_key_reused" | "rate_limited" | "internal_error" | "unavailable";
            /** @description The fields that were refused. */
            errors?: {
                /** @description A dotted path, empty for the body as a whole. */
                field: string;
                message: string;
            }[];
            /** @description Seconds after which the same request may succeed. */
            retry_after?: number;
        };
        /**
         * @example {
         *       "refreshToken": "3cV8bN1mQ6wE9rT2yU5i.0123456789abcdefghijkl.mZ0n2bq7cVYJx1l4TtK9s8wHfR3uPdEaGjQo5iMvXyA"
         *     }
         */
        RefreshConsumer: {
            /** @description The newest. */
            refreshToken: string;
        };
        /**
         * @example {
         *       "clientIds": [
         *         "1h57kf5cpq17m0eml12EXAMPLE"
         *       ],
         *       "scopes": [
         *         "items:read"
         *       ]
         *     }
         */
        RegisterUserPool: {
            /** @description App clients whose tokens are accepted. */
            clientIds: string[];
            /** @description What a person of the pool may do. */
            scopes: string[];
            /** @description A token of the pool, of a person in a group that is named by the organization's id. */
            proof?: string;
        };
        /**
         * @example {
         *       "email": "ada@example.com"
         *     }
         */
        RequestOtp: {
            /**
             * Format: email
             * @description An e-mail address. Not with `phone`.
             */
            email?: string;
            /** @description A phone number with its country, such as `+12015550123`. Not with `email`. */
            phone?: string;
        };
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "code": "123456",
         *       "password": "Correct-horse-battery-2"
         *     }
         */
        ResetPassword: {
            /**
             * Format: email
             * @description The person's e-mail address.
             */
            email: string;
            /** @description The code that was mailed. */
            code: string;
            /** @description At least 12 characters, among them a lower-case letter, an upper-case one and a digit. */
            password: string & (unknown & unknown & unknown & unknown);
        };
        /**
         * @description What a member is in their organization, from the most to the least.
         * @enum {string}
         */
        Role: "owner" | "admin" | "developer" | "viewer";
        /**
         * @example {
         *       "graceSeconds": 3600
         *     }
         */
        RotateKey: {
            /**
             * @description For how many seconds the old key still works; 0 ends it at once.
             * @default 0
             */
            graceSeconds?: number;
        };
        SentInvitation: {
            /** @example inv_x7Yk2Lm9Qp4Rs1Tu8VwZ */
            invitationId: string;
            /** Format: email */
            email: string;
            role: components["schemas"]["Role"];
            /** @example 476a84a1-9379-4853-bd10-ca13156f5732 */
            invitedBy: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            invitedAt: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            expiresAt: string;
            /**
             * Format: uri
             * @description Where the deployment sends no mail: pass it on to who is invited, and to nobody else.
             */
            acceptUrl?: string;
        };
        Session: {
            /** @example ses_3cV8bN1mQ6wE9rT2yU5i */
            sessionId: string;
            /** @description What the caller said that it is: its `User-Agent`. */
            device?: string;
            /**
             * @description Where it was opened from.
             * @example 192.0.2.7
             */
            address?: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @description When it was opened or last refreshed.
             * @example 2026-04-03T12:00:00Z
             */
            lastUsedAt: string;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            expiresAt: string;
        };
        SessionList: {
            sessions: components["schemas"]["Session"][];
        };
        SessionToken: {
            /**
             * Format: uuid
             * @description Send it as a bearer token. It stands for the session until that ends.
             */
            token: string;
        };
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "password": "Correct-horse-battery-1",
         *       "organization_name": "Acme"
         *     }
         */
        SignUp: {
            /**
             * Format: email
             * @description The person's e-mail address.
             */
            email: string;
            /** @description At least 12 characters, among them a lower-case letter, an upper-case one and a digit. */
            password: string & (unknown & unknown & unknown & unknown);
            /** @description What their organization is to be called. Not with `invitation`. */
            organization_name?: string;
            /** @description The token of the invitation's address, after its `#`. Not with `organization_name`. */
            invitation?: string;
        };
        /** @description The same whether or not the address is taken. */
        SignedUp: {
            user: {
                /** @example 476a84a1-9379-4853-bd10-ca13156f5732 */
                id: string;
                /** Format: email */
                email: string;
            };
            /** @description Made at the first sign-in. null for who was invited into one. */
            organization: {
                /** @example org_8kQ2mZr4TfW1xYcB */
                id: string;
                name: string;
            } | null;
            /** @description Whether a code was mailed that confirms the address. */
            confirmationRequired: boolean;
        };
        /**
         * @example {
         *       "meter_token": "meter_api_calls",
         *       "customer_external_id": "customer-4711",
         *       "quantity": 1
         *     }
         */
        TrackUsage: {
            /** @description What is metered. */
            meter_token: string;
            /** @description The organization's own id of its customer. */
            customer_external_id: string;
            /** @description How much of it. */
            quantity: number;
        };
        /**
         * @example {
         *       "disabled": true
         *     }
         */
        UpdateConsumer: {
            /** @description At most 30 texts, numbers and booleans by names of your own. In the place of those before. */
            attributes?: {
                [key: string]: string | number | boolean;
            };
            /** @description Whether they are kept out. */
            disabled?: boolean;
        };
        /**
         * @example {
         *       "scopes": [
         *         "items:read"
         *       ]
         *     }
         */
        UpdateKey: {
            /** @description What to call it. */
            label?: string;
            /** @description What the key may do, in the place of what it could before. */
            scopes?: string[];
            /**
             * @description A tier, whose limits the key has. Not with `limits`.
             * @enum {string}
             */
            tier?: "development" | "production";
            /** @description Limits of the key's own, in the place of a tier. Not with `tier`. */
            limits?: {
                perMinute: number;
                perHour: number;
            };
            /** @description Networks that it works from; null for any. */
            allowedCidrs?: string[] | null;
            /** @description Origins that a publishable key works from; null for any. */
            allowedOrigins?: string[] | null;
        };
        /**
         * @example {
         *       "name": "Acme Corp"
         *     }
         */
        UpdateOrganization: {
            /** @description What it is called. */
            name?: string;
            /** @description What it sets for its consumers, in the place of what it had set before: how long their access tokens (`access`) and refresh tokens (`refresh`) last, in seconds, and the texts that carry their codes. */
            consumers?: {
                access?: number;
                refresh?: number;
                messages?: {
                    emailSubject?: string;
                    emailText?: string;
                    smsText?: string;
                };
            };
        };
        /** @description Usage that was counted. */
        UsageEvent: {
            meter_token: string;
            customer_external_id: string;
            quantity: number;
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            created_at: string;
        };
        /** @description Sums, in ascending order of what they are added up by. */
        UsageList: {
            /**
             * Format: date
             * @description The first day, in UTC.
             */
            from: string;
            /**
             * Format: date
             * @description The last day, in UTC.
             */
            to: string;
            usage: components["schemas"]["UsageSum"][];
            /** @description Send it as `cursor` to get the next page. Absent on the last one. */
            nextCursor?: string;
        };
        /** @description Has of the dimensions those that were asked for in `by`. */
        UsageSum: {
            /** Format: date */
            day?: string;
            meter_token?: string;
            customer_external_id?: string;
            keyId?: string;
            quantity: number;
            /** @description How many events were added up. */
            events: number;
        };
        /** @description A Cognito user pool that the organization brings with it. */
        UserPool: {
            /** @example eu-central-1_AbCdEf123 */
            userPoolId: string;
            /** @description App clients whose tokens are accepted. */
            clientIds: string[];
            /**
             * @description What its holder may do. `*` stands for every scope that the holder's type can have.
             * @example [
             *       "items:read",
             *       "items:write"
             *     ]
             */
            scopes: string[];
            /**
             * Format: date-time
             * @description RFC 3339, in UTC.
             * @example 2026-04-03T12:00:00Z
             */
            registeredAt: string;
        };
        UserPoolList: {
            userPools: components["schemas"]["UserPool"][];
        };
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "code": "123456"
         *     }
         */
        VerifyOtp: {
            /**
             * Format: email
             * @description An e-mail address. Not with `phone`.
             */
            email?: string;
            /** @description A phone number with its country, such as `+12015550123`. Not with `email`. */
            phone?: string;
            /** @description The code that was sent. */
            code: string;
            /** @description The refresh token of a guest's session, which ends; who is new here goes on with the guest's id. */
            guestToken?: string;
        };
        WidgetToken: {
            /** @description A JWT by the deployment's issuer. Send it as a bearer token. */
            token: string;
            /** @description How long it lasts, in seconds. */
            expiresIn: number;
            /**
             * @description What its holder may do. `*` stands for every scope that the holder's type can have.
             * @example [
             *       "items:read",
             *       "items:write"
             *     ]
             */
            scopes: string[];
            /** @description The one customer whose usage it is for. */
            customer_external_id: string;
        };
    };
    responses: {
        /** @description `challenge_required`: The user pool asks the person for more than a password. */
        ChallengeRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "challenge_required";
                };
            };
        };
        /** @description `consumer_conflict`: What is said of the consumer is known of another. */
        ConsumerConflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "consumer_conflict";
                };
            };
        };
        /** @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has. */
        InsufficientPermissions: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "insufficient_permissions";
                };
            };
        };
        /** @description `invalid_session`: The session has ended, or its refresh token was used already. */
        InvalidSession: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "invalid_session";
                };
            };
        };
        /** @description `key_inactive`: The key is revoked or expired. */
        KeyInactive: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "key_inactive";
                };
            };
        };
        /** @description `last_owner`: An organization has an owner. */
        LastOwner: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "last_owner";
                };
            };
        };
        /** @description `malformed_body`: The body is not JSON. */
        MalformedBody: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "malformed_body";
                };
            };
        };
        /** @description `not_found`: There is no such thing, or not for the caller. */
        NotFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "not_found";
                };
            };
        };
        /** @description `organization_exists`: The person belongs to an organization already. */
        OrganizationExists: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "organization_exists";
                };
            };
        };
        /** @description `origin_not_allowed`: This may not be done from the page that asks. */
        OriginNotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "origin_not_allowed";
                };
            };
        };
        /** @description `payload_too_large`: The body is larger than 10 MB. */
        PayloadTooLarge: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "payload_too_large";
                };
            };
        };
        /** @description `quota_exceeded`: The organization has as many as it can have. */
        QuotaExceeded: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "quota_exceeded";
                };
            };
        };
        /** @description `rate_limited`: The limit is exhausted. `Retry-After` says when to come again. */
        RateLimited: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "rate_limited";
                };
            };
        };
        /** @description `unauthorized`: There is no credential, more than one, or one that does not work (any more). */
        Unauthorized: {
            headers: {
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "unauthorized";
                };
            };
        };
        /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
        Unavailable: {
            headers: {
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "unavailable";
                };
            };
        };
        /** @description `unsupported_media_type`: The body is not sent as JSON. */
        UnsupportedMediaType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "unsupported_media_type";
                };
            };
        };
        /** @description `validation_failed`: Fields of the request are refused; `errors` says which, and why. */
        ValidationFailed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    code?: "validation_failed";
                };
            };
        };
        /** @description Whatever else goes wrong, in the same form. */
        Error: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description What is left of the limits of whoever asks, and the seconds until then: draft-ietf-httpapi-ratelimit-headers. */
        RateLimit: string;
        /** @description The limits of whoever asks. */
        "RateLimit-Policy": string;
        /** @description Seconds after which the same request may succeed. */
        "Retry-After": number;
        /** @description How to authenticate. */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listKeys: {
        parameters: {
            query?: {
                /** @description Entries of a page, at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Whether to list revoked and expired keys as well. */
                includeInactive?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of keys. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeyList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed";
                    };
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    createKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateKey"];
            };
        };
        responses: {
            /** @description The key, with its plain value. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedKey"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    getKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A key's id, `key_…`. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    revokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A key's id, `key_…`. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is revoked. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    updateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A key's id, `key_…`. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateKey"];
            };
        };
        responses: {
            /** @description The key as it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Key"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["KeyInactive"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    rotateKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A key's id, `key_…`. */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["RotateKey"];
            };
        };
        responses: {
            /** @description The successor, with its plain value. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["IssuedKey"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            /**
             * @description `key_inactive`: The key is revoked or expired.
             *
             *     `key_already_rotated`: The key was rotated already.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "key_inactive" | "key_already_rotated";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    selfRevokeKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is revoked. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientPermissions"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    signUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignUp"];
            };
        };
        responses: {
            /** @description They can confirm their address. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedUp"];
                };
            };
            400: components["responses"]["MalformedBody"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description `validation_failed`: Fields of the request are refused; `errors` says which, and why.
             *
             *     `invalid_invitation`: The invitation is not valid any more, or not for the person's address.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "invalid_invitation";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    confirmSignUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ConfirmSignUp"];
            };
        };
        responses: {
            /** @description They can sign in. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedBody"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description `validation_failed`: Fields of the request are refused; `errors` says which, and why.
             *
             *     `invalid_code`: The code is wrong, has expired or was used already.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "invalid_code";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    logIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LogIn"];
            };
        };
        responses: {
            /** @description Who has signed in, and where. */
            200: {
                headers: {
                    /** @description The session's two cookies. */
                    "Set-Cookie"?: string;
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LoggedIn"];
                };
            };
            400: components["responses"]["MalformedBody"];
            /**
             * @description `invalid_credentials`: The address or the password is wrong.
             *
             *     `invalid_session`: The session has ended, or its refresh token was used already.
             */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_credentials" | "invalid_session";
                    };
                };
            };
            403: components["responses"]["ChallengeRequired"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    refreshSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The cookies are new. */
            204: {
                headers: {
                    /** @description The session's two cookies. */
                    "Set-Cookie"?: string;
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["InvalidSession"];
            403: components["responses"]["OriginNotAllowed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    logOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody is signed in. */
            204: {
                headers: {
                    /** @description The session's two cookies. */
                    "Set-Cookie"?: string;
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            403: components["responses"]["OriginNotAllowed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    forgotPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgotPassword"];
            };
        };
        responses: {
            /** @description A code is on its way, if there is such an account. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["MalformedBody"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetPassword"];
            };
        };
        responses: {
            /** @description The password is set. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["MalformedBody"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description `validation_failed`: Fields of the request are refused; `errors` says which, and why.
             *
             *     `invalid_code`: The code is wrong, has expired or was used already.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "invalid_code";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    startLogIn: {
        parameters: {
            query?: {
                /** @description The page of this API to go to afterwards. */
                next?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To where people sign in. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location?: string;
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_redirect`: It leads neither to a page of this API nor to an app that is registered. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "invalid_redirect";
                    };
                    "text/html": string;
                };
            };
            /** @description `validation_failed`: Fields of the request are refused; `errors` says which, and why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "validation_failed";
                    };
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    finishLogIn: {
        parameters: {
            query?: {
                /** @description From the hosted login. */
                code?: string;
                /** @description From the hosted login. */
                state?: string;
                /** @description From the hosted login. */
                error?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description To the page that the person wanted, signed in by cookies; to the sign-in where no login is hosted. */
            303: {
                headers: {
                    /** @description Where to go. */
                    Location?: string;
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description `invalid_login`: The sign-in was not begun by this browser, has expired, or was finished already. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "invalid_login";
                    };
                    "text/html": string;
                };
            };
            /** @description `invalid_session`: The session has ended, or its refresh token was used already. */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "invalid_session";
                    };
                    "text/html": string;
                };
            };
            /** @description `validation_failed`: Fields of the request are refused; `errors` says which, and why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "validation_failed";
                    };
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person, and where they are a member. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Me"];
                };
            };
            /** @description `unauthorized`: There is no credential, more than one, or one that does not work (any more). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unauthorized";
                    };
                    "text/html": string;
                };
            };
            /** @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "insufficient_permissions";
                    };
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The person's sessions. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnSessionList"];
                };
            };
            /** @description `unauthorized`: There is no credential, more than one, or one that does not work (any more). */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unauthorized";
                    };
                    "text/html": string;
                };
            };
            /** @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "insufficient_permissions";
                    };
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    endAllSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody is signed in. */
            204: {
                headers: {
                    /** @description The session's two cookies. */
                    "Set-Cookie"?: string;
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "origin_not_allowed";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    endSession: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A session's id, `ses_…`. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    createSessionToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSessionToken"];
            };
        };
        responses: {
            /** @description The token. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionToken"];
                };
            };
            400: components["responses"]["MalformedBody"];
            /**
             * @description `invalid_credentials`: The address or the password is wrong.
             *
             *     `invalid_session`: The session has ended, or its refresh token was used already.
             */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "invalid_credentials" | "invalid_session";
                    };
                };
            };
            403: components["responses"]["ChallengeRequired"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    deleteSessionToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "origin_not_allowed";
                    };
                };
            };
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    getOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The organization. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    createOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateOrganization"];
            };
        };
        responses: {
            /** @description The organization. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "origin_not_allowed";
                    };
                };
            };
            409: components["responses"]["OrganizationExists"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    updateOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateOrganization"];
            };
        };
        responses: {
            /** @description The organization as it is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    listMembers: {
        parameters: {
            query?: {
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of members. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MemberList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization";
                    };
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    removeMember: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A member's id. */
                memberId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description They are no member any more. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["LastOwner"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    changeRole: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description A member's id. */
                memberId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangeRole"];
            };
        };
        responses: {
            /** @description What the member is now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChangedRole"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["LastOwner"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    leaveOrganization: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The caller is no member any more. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            409: components["responses"]["LastOwner"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    listInvitations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The invitations. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InvitationList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    inviteMember: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["InviteMember"];
            };
        };
        responses: {
            /** @description The invitation. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SentInvitation"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "origin_not_allowed";
                    };
                };
            };
            409: components["responses"]["QuotaExceeded"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    revokeInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description An invitation's id, `inv_…`. */
                invitationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It cannot be accepted any more. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    acceptInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AcceptInvitation"];
            };
        };
        responses: {
            /** @description The organization that they are in now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Organization"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "origin_not_allowed";
                    };
                };
            };
            409: components["responses"]["OrganizationExists"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description `validation_failed`: Fields of the request are refused; `errors` says which, and why.
             *
             *     `invalid_invitation`: The invitation is not valid any more, or not for the person's address.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "invalid_invitation";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    listUserPools: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user pools. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPoolList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    registerUserPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a Cognito user pool, such as `eu-central-1_AbCdEf123`. */
                userPoolId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterUserPool"];
            };
        };
        responses: {
            /** @description The registration. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UserPool"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "origin_not_allowed";
                    };
                };
            };
            /**
             * @description `quota_exceeded`: The organization has as many as it can have.
             *
             *     `user_pool_taken`: Another organization has registered the user pool.
             */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "quota_exceeded" | "user_pool_taken";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    removeUserPool: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description The id of a Cognito user pool, such as `eu-central-1_AbCdEf123`. */
                userPoolId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pool is not registered any more. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "origin_not_allowed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    openGuestSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["OpenGuestSession"];
            };
        };
        responses: {
            /** @description The guest's tokens. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerTokens"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    requestOtp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestOtp"];
            };
        };
        responses: {
            /** @description A code is on its way. */
            202: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": Record<string, never>;
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    verifyOtp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyOtp"];
            };
        };
        responses: {
            /** @description The consumer's tokens. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerTokens"];
                };
            };
            400: components["responses"]["MalformedBody"];
            /**
             * @description `unauthorized`: There is no credential, more than one, or one that does not work (any more).
             *
             *     `invalid_session`: The session has ended, or its refresh token was used already.
             */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unauthorized" | "invalid_session";
                    };
                };
            };
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             *
             *     `consumer_disabled`: The consumer is disabled.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed" | "consumer_disabled";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description `validation_failed`: Fields of the request are refused; `errors` says which, and why.
             *
             *     `invalid_code`: The code is wrong, has expired or was used already.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "invalid_code";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    createExchangeCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateExchangeCode"];
            };
        };
        responses: {
            /** @description The code. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExchangeCode"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             *
             *     `consumer_disabled`: The consumer is disabled.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "address_not_allowed" | "secret_key_exposed" | "consumer_disabled";
                    };
                };
            };
            409: components["responses"]["ConsumerConflict"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    exchangeCode: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExchangeCodeRequest"];
            };
        };
        responses: {
            /** @description The consumer's tokens. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerTokens"];
                };
            };
            400: components["responses"]["MalformedBody"];
            /**
             * @description `unauthorized`: There is no credential, more than one, or one that does not work (any more).
             *
             *     `invalid_session`: The session has ended, or its refresh token was used already.
             */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unauthorized" | "invalid_session";
                    };
                };
            };
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             *
             *     `consumer_disabled`: The consumer is disabled.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed" | "consumer_disabled";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description `validation_failed`: Fields of the request are refused; `errors` says which, and why.
             *
             *     `invalid_code`: The code is wrong, has expired or was used already.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "invalid_code";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    refreshConsumer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RefreshConsumer"];
            };
        };
        responses: {
            /** @description New tokens. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerTokens"];
                };
            };
            400: components["responses"]["MalformedBody"];
            /**
             * @description `unauthorized`: There is no credential, more than one, or one that does not work (any more).
             *
             *     `invalid_session`: The session has ended, or its refresh token was used already.
             */
            401: {
                headers: {
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "unauthorized" | "invalid_session";
                    };
                };
            };
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    logOutConsumer: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientPermissions"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    getConsumerMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consumer, or the guest. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerProfile"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["InsufficientPermissions"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    listConsumers: {
        parameters: {
            query?: {
                /** @description Entries of a page, at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description For members: whose consumers, `live` without. A key has its own. */
                mode?: "live" | "test";
                /** @description Find by this address. */
                email?: string;
                /** @description Find by this number. */
                phone?: string;
                /** @description Find by the organization's own id. */
                externalId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of consumers. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsumerList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    getConsumer: {
        parameters: {
            query?: {
                /** @description For members: whose consumers, `live` without. A key has its own. */
                mode?: "live" | "test";
            };
            header?: never;
            path: {
                /** @description A consumer's id, `con_…`. */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consumer. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consumer"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    deleteConsumer: {
        parameters: {
            query?: {
                /** @description For members: whose consumers, `live` without. A key has its own. */
                mode?: "live" | "test";
            };
            header?: never;
            path: {
                /** @description A consumer's id, `con_…`. */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The consumer is deleted. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    updateConsumer: {
        parameters: {
            query?: {
                /** @description For members: whose consumers, `live` without. A key has its own. */
                mode?: "live" | "test";
            };
            header?: never;
            path: {
                /** @description A consumer's id, `con_…`. */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConsumer"];
            };
        };
        responses: {
            /** @description The consumer as they are now. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Consumer"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    listConsumerSessions: {
        parameters: {
            query?: {
                /** @description For members: whose consumers, `live` without. A key has its own. */
                mode?: "live" | "test";
            };
            header?: never;
            path: {
                /** @description A consumer's id, `con_…`. */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    endConsumerSessions: {
        parameters: {
            query?: {
                /** @description For members: whose consumers, `live` without. A key has its own. */
                mode?: "live" | "test";
            };
            header?: never;
            path: {
                /** @description A consumer's id, `con_…`. */
                consumerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions have ended. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    endConsumerSession: {
        parameters: {
            query?: {
                /** @description For members: whose consumers, `live` without. A key has its own. */
                mode?: "live" | "test";
            };
            header?: never;
            path: {
                /** @description A session's id, `ses_…`. */
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended. */
            204: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    trackUsage: {
        parameters: {
            query?: never;
            header?: {
                /** @description What the caller calls this event. The same again gets the same answer; with another body, 422. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TrackUsage"];
            };
        };
        responses: {
            /** @description The event is counted. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageEvent"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "address_not_allowed";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /**
             * @description `validation_failed`: Fields of the request are refused; `errors` says which, and why.
             *
             *     `idempotency_key_reused`: The idempotency key was sent with another body before.
             */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "validation_failed" | "idempotency_key_reused";
                    };
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    listUsage: {
        parameters: {
            query?: {
                /** @description Entries of a page, at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description The first day, in UTC. Without: 29 days before the last. */
                from?: string;
                /** @description The last day, in UTC, at most a year after the first. Without: today. */
                to?: string;
                /** @description What to add up by, separated by commas. */
                by?: ("day" | "meter" | "customer" | "key")[];
                /** @description Of this meter alone. */
                meter_token?: string;
                /** @description Of this customer alone. */
                customer_external_id?: string;
                /** @description Tracked with this key alone. */
                keyId?: string;
                /** @description For members: whose usage, `live` without. A key has its own. */
                mode?: "live" | "test";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of sums. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed";
                    };
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    createWidgetToken: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWidgetToken"];
            };
        };
        responses: {
            /** @description The token. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WidgetToken"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `secret_key_exposed`: A secret key was sent from a browser.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "address_not_allowed" | "secret_key_exposed";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /** @description Entries of a page, at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
                /** @description Not before, RFC 3339. */
                from?: string;
                /** @description Not after, RFC 3339. */
                to?: string;
                /** @description What was done, such as `key.create`. */
                action?: string;
                /** @description Who did it: a member's id, a key's, or `operator`. */
                actor?: string;
                /** @description What it was done to, such as a key's id. */
                target?: string;
                /** @description How it ended. */
                outcome?: "succeeded" | "failed" | "unknown";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of audit events. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditEventList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization";
                    };
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    showSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    showSignUp: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    showPasswordReset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    showInvitation: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    showAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    showGetKey: {
        parameters: {
            query: {
                /** @description Where the app waits for its key. It has to be registered. */
                redirect: string;
                /** @description Comes back to the app as it is, so that it knows its own request again. */
                state?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description `invalid_redirect`: It leads neither to a page of this API nor to an app that is registered. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "invalid_redirect";
                    };
                    "text/html": string;
                };
            };
            /** @description `validation_failed`: Fields of the request are refused; `errors` says which, and why. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "validation_failed";
                    };
                    "text/html": string;
                };
            };
            429: components["responses"]["RateLimited"];
            /** @description `unavailable`: What decides could not be asked. `Retry-After` says when to come again. */
            503: {
                headers: {
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        code?: "unavailable";
                    };
                    "text/html": string;
                };
            };
            default: components["responses"]["Error"];
        };
    };
    grantAppKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AppKey"];
            };
        };
        responses: {
            /** @description Where to send the browser. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GrantedAppKey"];
                };
            };
            /**
             * @description `malformed_body`: The body is not JSON.
             *
             *     `invalid_redirect`: It leads neither to a page of this API nor to an app that is registered.
             */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "malformed_body" | "invalid_redirect";
                    };
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "origin_not_allowed";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is up. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            default: components["responses"]["Error"];
        };
    };
    getKeySet: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key set. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["KeySet"];
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This document. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OpenApiDocument"];
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    getConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The deployment's settings. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Config"];
                };
            };
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    listItems: {
        parameters: {
            query?: {
                /** @description Entries of a page, at most. */
                limit?: number;
                /** @description The `nextCursor` of the page before. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of items, oldest first. */
            200: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ItemList"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed";
                    };
                };
            };
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
    createItem: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateItem"];
            };
        };
        responses: {
            /** @description The item. */
            201: {
                headers: {
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimit-Policy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Item"];
                };
            };
            400: components["responses"]["MalformedBody"];
            401: components["responses"]["Unauthorized"];
            /**
             * @description `insufficient_permissions`: The credential is of a type, or lacks a scope, that this is not open to; or gives more than it has.
             *
             *     `no_organization`: The member belongs to no organization.
             *
             *     `address_not_allowed`: The key may not be used from where the request came from.
             *
             *     `origin_not_allowed`: This may not be done from the page that asks.
             */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @enum {unknown} */
                        code?: "insufficient_permissions" | "no_organization" | "address_not_allowed" | "origin_not_allowed";
                    };
                };
            };
            413: components["responses"]["PayloadTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["ValidationFailed"];
            429: components["responses"]["RateLimited"];
            503: components["responses"]["Unavailable"];
            default: components["responses"]["Error"];
        };
    };
}
