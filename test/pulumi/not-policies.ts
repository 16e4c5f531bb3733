/** Properties of @pulumi/aws that are named like policy documents and are none, each group with the reason. */
export const NOT_POLICIES: Readonly<Record<string, string>> = {
  "one word of a list, not a document": `
    alb/listener.alpnPolicy alb/listener.sslPolicy lb/listener.alpnPolicy lb/listener.sslPolicy
    alb/loadBalancer.dnsRecordClientRoutingPolicy lb/loadBalancer.dnsRecordClientRoutingPolicy
    apigateway/domainName.securityPolicy apigateway/restApi.securityPolicy
    apigatewayv2.DomainNameDomainNameConfiguration.securityPolicy bedrock/agentDataSource.dataDeletionPolicy
    autoscalingplans.ScalingPlanScalingInstruction.scalingPolicyUpdateBehavior
    batch.JobDefinitionEksPropertiesPodProperties.dnsPolicy
    batch.JobDefinitionEksPropertiesPodPropertiesContainer.imagePullPolicy
    batch.JobDefinitionEksPropertiesPodPropertiesInitContainer.imagePullPolicy
    cloudfront.DistributionDefaultCacheBehavior.viewerProtocolPolicy
    cloudfront.DistributionOrderedCacheBehavior.viewerProtocolPolicy
    cloudfront.DistributionOriginCustomOriginConfig.originProtocolPolicy
    cloudfront.MultitenantDistributionCacheBehavior.viewerProtocolPolicy
    cloudfront.MultitenantDistributionDefaultCacheBehavior.viewerProtocolPolicy
    cloudfront.MultitenantDistributionOriginCustomOriginConfig.originProtocolPolicy
    cloudfront.ResponseHeadersPolicySecurityHeadersConfigReferrerPolicy.referrerPolicy
    cloudfront.VpcOriginVpcOriginEndpointConfig.originProtocolPolicy
    cloudsearch.DomainEndpointOptions.tlsSecurityPolicy dlm/lifecyclePolicy.defaultPolicy
    ec2/fleet.excessCapacityTerminationPolicy ec2/spotFleetRequest.excessCapacityTerminationPolicy
    ec2transitgateway/policyTableEntry.policyRuleNumber eks/capability.deletePropagationPolicy
    elasticsearch.DomainAutoTuneOptions.desiredState elasticsearch.DomainDomainEndpointOptions.tlsSecurityPolicy
    elastictranscoder.PresetThumbnails.paddingPolicy elastictranscoder.PresetThumbnails.sizingPolicy
    elastictranscoder.PresetVideo.paddingPolicy elastictranscoder.PresetVideo.sizingPolicy
    elastictranscoder.PresetVideoWatermark.sizingPolicy fsx/lustreFileSystem.autoImportPolicy
    fsx/ontapVolume.snapshotPolicy gamelift/fleet.newGameSessionProtectionPolicy
    gamelift/gameServerGroup.gameServerProtectionPolicy iot.DomainConfigurationTlsConfig.securityPolicy
    kendra/index.userContextPolicy lambda.EventSourceMappingDocumentDbEventSourceConfig.fullDocument
    lightsail.DistributionOrigin.protocolPolicy mailmanager/ingressPoint.tlsPolicy
    mailmanager.RuleSetRuleActionArchive.actionFailurePolicy mailmanager.RuleSetRuleActionBounce.actionFailurePolicy
    mailmanager.RuleSetRuleActionDeliverToMailbox.actionFailurePolicy
    mailmanager.RuleSetRuleActionDeliverToQBusiness.actionFailurePolicy
    mailmanager.RuleSetRuleActionInvokeLambda.actionFailurePolicy
    mailmanager.RuleSetRuleActionPublishToSns.actionFailurePolicy
    mailmanager.RuleSetRuleActionRelay.actionFailurePolicy mailmanager.RuleSetRuleActionSend.actionFailurePolicy
    mailmanager.RuleSetRuleActionWriteToS3.actionFailurePolicy
    medialive.ChannelInputAttachmentInputSettingsAudioSelectorSelectorSettingsAudioLanguageSelection.languageSelectionPolicy
    networkfirewall.FirewallPolicyFirewallPolicyStatefulEngineOptions.streamExceptionPolicy
    networkmanager/attachmentRoutingPolicyLabel.routingPolicyLabel networkmanager/connectAttachment.routingPolicyLabel
    networkmanager/dxGatewayAttachment.routingPolicyLabel networkmanager/siteToSiteVpnAttachment.routingPolicyLabel
    networkmanager/transitGatewayRouteTableAttachment.routingPolicyLabel networkmanager/vpcAttachment.routingPolicyLabel
    opensearch.DomainAimlOptionsNaturalLanguageQueryGenerationOptions.desiredState
    opensearch.DomainAutoTuneOptions.desiredState opensearch.DomainDomainEndpointOptions.tlsSecurityPolicy
    pipes/pipe.desiredState quicksight.DataSetRowLevelPermissionDataSet.permissionPolicy ses/receiptFilter.policy
    ses/receiptRule.tlsPolicy ses.ConfigurationSetDeliveryOptions.tlsPolicy
    sesv2.ConfigurationSetDeliveryOptions.tlsPolicy sesv2.ConfigurationSetTrackingOptions.httpsPolicy
    servicediscovery.ServiceDnsConfig.routingPolicy sns/topicSubscription.filterPolicyScope
    transfer/webApp.webAppEndpointPolicy`,
  "the name or the address of something that is no policy": `
    comprehend.DocumentClassifierInputDataConfigAugmentedManifest.sourceDocumentsS3Uri
    comprehend.EntityRecognizerInputDataConfigAugmentedManifest.sourceDocumentsS3Uri
    kendra.DataSourceCustomDocumentEnrichmentConfigurationInlineConfigurationCondition.conditionDocumentAttributeKey
    kendra.DataSourceCustomDocumentEnrichmentConfigurationInlineConfigurationTarget.targetDocumentAttributeKey
    kendra.DataSourceCustomDocumentEnrichmentConfigurationPostExtractionHookConfigurationInvocationCondition.conditionDocumentAttributeKey
    kendra.DataSourceCustomDocumentEnrichmentConfigurationPreExtractionHookConfigurationInvocationCondition.conditionDocumentAttributeKey
    s3.BucketV2Website.errorDocument s3.BucketV2Website.indexDocument
    s3.BucketWebsite.errorDocument s3.BucketWebsite.indexDocument iot/policyAttachment.policy`,
  "content that is no policy": `
    appconfig/hostedConfigurationVersion.content appconfig.ConfigurationProfileValidator.content
    codecommit/approvalRuleTemplate.content connect/contactFlow.content connect/contactFlowModule.content
    connect/vocabulary.content iam/samlProvider.samlMetadataDocument lex.BotAbortStatementMessage.content
    lex.BotClarificationPromptMessage.content lex.IntentConclusionStatementMessage.content
    lex.IntentConfirmationPromptMessage.content lex.IntentFollowUpPromptPromptMessage.content
    lex.IntentFollowUpPromptRejectionStatementMessage.content lex.IntentRejectionStatementMessage.content
    lex.IntentSlotValueElicitationPromptMessage.content m2.ApplicationDefinition.content s3/bucketObject.content
    s3/bucketObjectv2.content sagemaker/modelCard.content sagemaker.HumanTaskUIUiTemplate.content
    schemas/schema.content ssm/document.content wafv2.RuleGroupCustomResponseBody.content
    wafv2.WebAclCustomResponseBody.content`,
  "a header of HTTP": `
    alb/listener.routingHttpResponseContentSecurityPolicyHeaderValue
    lb/listener.routingHttpResponseContentSecurityPolicyHeaderValue
    cloudfront.ResponseHeadersPolicySecurityHeadersConfigContentSecurityPolicy.contentSecurityPolicy`,
  "settings in a language of the service: delivery, life cycle, scaling, routing, data protection": `
    cloudwatch/logAccountPolicy.policyDocument cloudwatch/logDataProtectionPolicy.policyDocument
    cloudwatch/logIndexPolicy.policyDocument ecr/lifecyclePolicy.policy
    ecr/repositoryCreationTemplate.lifecyclePolicy emr/instanceGroup.autoscalingPolicy
    emr.ClusterCoreInstanceGroup.autoscalingPolicy networkmanager/coreNetwork.basePolicyDocument
    networkmanager/coreNetworkPolicyAttachment.policyDocument opensearch/serverlessLifecyclePolicy.policy
    opensearch/serverlessSecurityPolicy.policy route53/trafficPolicy.document sns/dataProtectionPolicy.policy
    sns/topic.archivePolicy sns/topic.deliveryPolicy sns/topicSubscription.deliveryPolicy
    sns/topicSubscription.filterPolicy sns/topicSubscription.redrivePolicy sns/topicSubscription.replayPolicy
    sqs/queue.redriveAllowPolicy sqs/queue.redrivePolicy sqs/redriveAllowPolicy.redriveAllowPolicy
    sqs/redrivePolicy.redrivePolicy storagegateway/nfsFileShare.notificationPolicy
    storagegateway/smbFileShare.notificationPolicy workspacesweb/browserSettings.browserPolicy`,
  "access to the data of OpenSearch Serverless, in rules of its own": `
    opensearch/serverlessAccessPolicy.policy`,
  Cedar: `
    bedrock.AgentcorePolicyDefinitionCedar.statement verifiedaccess/endpoint.policyDocument
    verifiedaccess/group.policyDocument verifiedpermissions/policyTemplate.statement
    verifiedpermissions.PolicyDefinitionStatic.statement`,
  "CloudFormation Guard": `
    cfg/organizationCustomPolicyRule.policyText cfg.RuleSourceCustomPolicyDetails.policyText`,
  "a policy of AWS IoT, which has other wildcards and variables, and no principals": `
    iot/policy.policy iot/provisioningTemplate.templateBody iot.CaCertificateRegistrationConfig.templateBody`,
  "a template of AWS Config's rules alone": `
    cfg/conformancePack.templateBody cfg/organizationConformancePack.templateBody`,
  "what an update of a stack may touch, without actions of IAM": `
    cloudformation/stack.policyBody cloudformation/stack.policyUrl`,
  "a product, of which others make stacks later": `
    servicecatalog/provisioningArtifact.templateUrl
    servicecatalog.ProductProvisioningArtifactParameters.templateUrl`,
  "a part of a statement, without principal and resource, that AWS RAM completes": `
    ram/permission.policyTemplate`,
  "told by the service, not given to it": `
    odb.NetworkManagedServiceKmsAccess.kmsPolicyDocument odb.NetworkManagedServiceS3Access.s3PolicyDocument
    odb.NetworkManagedServiceStsAccess.stsPolicyDocument`,
};
